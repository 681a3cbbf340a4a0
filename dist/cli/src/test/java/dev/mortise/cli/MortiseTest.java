package dev.mortise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("K7")
class MortiseTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(execute("--version")).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).startsWith("mortise 0.1.0");
    }

    @Test
    void theHelpPageNamesEveryExitCode() {
        assertThat(execute("--help")).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString())
                .contains(
                        Arrays.stream(ExitCode.values()).map(ExitCode::meaning).toList());
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithoutAStackTrace() {
        assertThat(execute("servve")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("servve").contains("mortise --help").doesNotContain("\tat ");
    }

    @Test
    void withoutASubcommandItShowsWhatThereIs() {
        assertThat(execute()).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).startsWith("Usage: mortise");
    }

    private int execute(String... arguments) {
        CommandLine command = Mortise.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
