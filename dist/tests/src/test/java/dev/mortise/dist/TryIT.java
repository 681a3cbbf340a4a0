package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The README's first command, on a short inbox of the user's own. */
@Tag("K1")
class TryIT {
    @TempDir
    Path folder;

    @Test
    void aUsersOwnMessagesGoThroughTheWholeJobAndAnUpdateInMidRun() throws IOException {
        StringBuilder csv = new StringBuilder("id,from,date,message\n");
        for (int i = 0; i < 40; i++) {
            csv.append("own-")
                    .append(i)
                    .append(",Somebody,2026-03-02T08:15:00Z,")
                    .append(i % 2 == 0 ? "\"Hello, I need an oil change next Tuesday\"" : "\"My brakes squeal\"")
                    .append('\n');
        }
        Path input = Files.writeString(folder.resolve("own.csv"), csv);

        Process process = ServerUnderTest.run(
                folder, Map.of("TMPDIR", folder.toString()), "try", "--json", "--input", input.toString());

        assertThat(ServerUnderTest.await(process, Duration.ofMinutes(4))).isZero();
        String output = Files.readString(folder.resolve("output.log"));
        JsonNode report =
                JsonMapper.shared().readTree(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
        JsonNode counts = report.path("counts");
        assertThat(counts.path("fed").asInt()).as(output).isEqualTo(40);
        assertThat(counts.path("failed").asInt()).as(output).isZero();
        assertThat(counts.path("lost").asInt()).as(output).isZero();
        assertThat(report.path("versions").findValuesAsString("name"))
                .as(output)
                .contains("0.1.0", "0.2.0");
    }
}
