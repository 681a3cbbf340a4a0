package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.audit.AuditEntry;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export, verified without the server. */
@Tag("G1")
@Timeout(60)
class ExportCheckTest {
    @TempDir
    Path folder;

    private AuditBench bench;

    @BeforeEach
    void open() {
        bench = new AuditBench(folder);
        bench.record(35);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> export() {
        return new ArrayList<>(bench.export(AuditQuery.ALL).lines().toList());
    }

    private static ExportCheck.Verdict check(List<String> lines, String... trusted) {
        try {
            return new ExportCheck(Set.of(trusted))
                    .verify(new BufferedReader(new StringReader(String.join("\n", lines) + "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lineOf(List<String> lines, int seq) {
        return Collections.indexOfSubList(
                lines.stream()
                        .map(line -> line.contains("\"type\":\"entry\",\"seq\":" + seq + ","))
                        .toList(),
                List.of(true));
    }

    @Test
    void anUntouchedExportIsWhole() {
        ExportCheck.Verdict verdict = check(export());

        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.whole()).isTrue();
        assertThat(verdict.entries()).isEqualTo(35);
        assertThat(verdict.tenant()).contains(bench.tenant);
        assertThat(check(export(), verdict.fingerprints().getFirst()).fault()).isEmpty();
    }

    @Test
    void aChangedEntryIsNamedWithItsLine() {
        List<String> lines = export();
        int line = lineOf(lines, 7);
        lines.set(line, lines.get(line).replace("key:alice", "key:mallory"));

        assertThat(check(lines).fault()).contains(new ExportCheck.Fault(line + 1, "entry 7: its content was changed"));
    }

    @Test
    void missingSwappedAndRepeatedEntriesAreFound() {
        List<String> missing = export();
        missing.remove(lineOf(missing, 7));
        List<String> swapped = export();
        Collections.swap(swapped, lineOf(swapped, 7), lineOf(swapped, 8));
        List<String> repeated = export();
        repeated.add(lineOf(repeated, 7), repeated.get(lineOf(repeated, 7)));

        assertThat(check(missing).fault().orElseThrow().what()).startsWith("entry 7: it ");
        assertThat(check(swapped).fault().orElseThrow().what()).startsWith("entry 7: it ");
        assertThat(check(repeated).fault().orElseThrow().what()).isEqualTo("entry 7: it stands after entry 7");
    }

    @Test
    void anExportThatWasCutOffIsFoundWhereverItWasCut() {
        List<String> lines = export();
        for (int length = 0; length < lines.size(); length++) {
            assertThat(check(lines.subList(0, length)).fault())
                    .as("first %s lines", length)
                    .isPresent();
        }
    }

    @Test
    void anExportSealedWithAnotherKeyIsNotTrusted() {
        assertThat(check(export(), "ab".repeat(32)).fault().orElseThrow().what())
                .contains("seal is false");
    }

    @Test
    void whatASearchFoundIsCheckedEntryByEntry() {
        AuditQuery query = new AuditQuery(null, null, null, null, "thing/3", null, null, null);
        List<String> lines = new ArrayList<>(bench.export(query).lines().toList());

        ExportCheck.Verdict verdict = check(lines);
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.whole()).isFalse();
        assertThat(verdict.entries()).isEqualTo(7);

        int line = lineOf(lines, 30);
        lines.set(line, lines.get(line).replace("thing/30", "thing/31"));
        assertThat(check(lines).fault().orElseThrow().what()).isEqualTo("entry 30: its content was changed");
    }

    @Test
    void noChangedCharacterPassesAndNoneBreaksTheReader() {
        long seed = System.nanoTime();
        System.Logger log = System.getLogger("seed");
        log.log(System.Logger.Level.INFO, "seed {0}", seed);
        Random random = new Random(seed);
        List<String> whole = export();
        for (int i = 0; i < 300; i++) {
            List<String> lines = new ArrayList<>(whole);
            int line = 1 + random.nextInt(lines.size() - 1);
            StringBuilder changed = new StringBuilder(lines.get(line));
            int place = random.nextInt(changed.length());
            char former = changed.charAt(place);
            changed.setCharAt(place, former == 'x' ? 'y' : 'x');
            lines.set(line, changed.toString());

            assertThat(check(lines).fault())
                    .as("seed %s, line %s: %s", seed, line, changed)
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"type\":\"export\"}",
                "\"export\"",
                "{\"type\":\"end\",\"entries\":0}",
                "\u0000",
                "PK\u0003\u0004"
            })
    void whatIsNoExportIsSaidToBeNone(String text) {
        assertThat(check(List.of(text)).fault().orElseThrow().line()).isEqualTo(1);
    }

    @Test
    void aCellThatWouldBeAFormulaIsMadeHarmless() throws IOException {
        bench.alice.run(() -> {
            for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "a\"b,\r\nc")) {
                bench.room.audit().record(AuditEntry.done("test", formula));
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bench.room
                .export(bench.tenant, new AuditQuery(null, null, null, "test", null, null, null, null))
                .csv(out);

        String csv = out.toString(StandardCharsets.UTF_8);
        assertThat(csv)
                .contains(
                        "\"'=1+1\"",
                        "\"'+1\"",
                        "\"'-1\"",
                        "\"'@SUM(A1)\"",
                        "\"'\t=1\"",
                        "\"' =1\"",
                        "\"'＝1\"",
                        "\"a\"\"b,\r\nc\"");
        assertThat(csv).startsWith("\"seq\",\"id\",\"at\",");
    }
}
