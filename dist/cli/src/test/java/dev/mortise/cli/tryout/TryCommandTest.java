package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Mortise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("K7")
class TryCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void anInputThatIsNotThereIsNamedBeforeAnythingIsStarted() {
        assertThat(execute("--input", folder.resolve("gone.csv").toString())).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("gone.csv", "remedy:").doesNotContain("Starting");
    }

    @Test
    void aTableWithoutWordsIsRefusedWithTheNamesThatWouldDo() throws IOException {
        Path table = Files.writeString(folder.resolve("prices.csv"), "part,price\nbolt,7\n");

        assertThat(execute("--input", table.toString())).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("prices.csv", "part, price", "message, body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "257", "many"})
    void aConcurrencyThatMakesNoSenseIsRefused(String concurrency) {
        assertThat(execute("--concurrency", concurrency)).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("--concurrency");
    }

    private int execute(String... arguments) {
        CommandLine command = Mortise.commandLine();
        command.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "try";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }
}
