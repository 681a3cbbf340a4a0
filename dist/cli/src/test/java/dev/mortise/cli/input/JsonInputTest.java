package dev.mortise.cli.input;

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
class JsonInputTest {
    private static final InputStream NOTHING = InputStream.nullInputStream();

    @Test
    void theInputIsTheArgumentItself() {
        assertThat(JsonInput.object("{\"text\":\"hello\"}", NOTHING)
                        .path("text")
                        .asString())
                .isEqualTo("hello");
    }

    @Test
    void anAtSignNamesAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("input.json"), "{\"n\":1}");

        assertThat(JsonInput.object("@" + file, NOTHING).path("n").asInt()).isEqualTo(1);
    }

    @Test
    void aDashMeansTheStandardInputInUtf8() {
        InputStream input = new ByteArrayInputStream("{\"text\":\"grün\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(JsonInput.object("-", input).path("text").asString()).isEqualTo("grün");
    }

    @Test
    void malformedJsonIsAUsageErrorThatNamesLineAndColumn() {
        assertThatThrownBy(() -> JsonInput.object("{\n  \"a\": ,}", NOTHING))
                .hasMessageContaining("line 2")
                .asInstanceOf(InstanceOfAssertFactories.type(CliException.class))
                .extracting(CliException::exitCode)
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void onlyAnObjectCanBeAnInput() {
        assertThatThrownBy(() -> JsonInput.object("[1, 2]", NOTHING)).hasMessageContaining("ARRAY");
    }

    @Test
    void aMissingFileIsAUsageErrorThatNamesIt() {
        assertThatThrownBy(() -> JsonInput.object("@/no/such/file.json", NOTHING))
                .hasMessageContaining("/no/such/file.json");
    }
}
