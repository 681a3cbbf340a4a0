package dev.mortise.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K7")
class RunInputTest {
    private static final InputStream NOTHING = InputStream.nullInputStream();

    @Test
    void theInputIsTheArgumentItself() {
        assertThat(RunInput.read("{\"text\":\"hello\"}", NOTHING).path("text").asString())
                .isEqualTo("hello");
    }

    @Test
    void anAtSignNamesAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("input.json"), "{\"n\":1}");

        assertThat(RunInput.read("@" + file, NOTHING).path("n").asInt()).isEqualTo(1);
    }

    @Test
    void aDashMeansTheStandardInputInUtf8() {
        InputStream input = new ByteArrayInputStream("{\"text\":\"grün\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(RunInput.read("-", input).path("text").asString()).isEqualTo("grün");
    }

    @Test
    void malformedJsonIsAUsageErrorThatNamesLineAndColumn() {
        assertThatThrownBy(() -> RunInput.read("{\n  \"a\": ,}", NOTHING))
                .hasMessageContaining("line 2")
                .asInstanceOf(InstanceOfAssertFactories.type(CliException.class))
                .extracting(CliException::exitCode)
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void onlyAnObjectCanBeAnInput() {
        assertThatThrownBy(() -> RunInput.read("[1, 2]", NOTHING)).hasMessageContaining("ARRAY");
    }

    @Test
    void aMissingFileIsAUsageErrorThatNamesIt() {
        assertThatThrownBy(() -> RunInput.read("@/no/such/file.json", NOTHING))
                .hasMessageContaining("/no/such/file.json");
    }
}
