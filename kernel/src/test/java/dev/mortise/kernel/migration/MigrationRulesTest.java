package dev.mortise.kernel.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.migration.MigrationFinding.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements a migration may have. */
@Tag("D2")
@Tag("K4")
class MigrationRulesTest {
    private static final String TABLE = "CREATE TABLE note (tenant_id uuid, id uuid, title text, old int);";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE note DROP COLUMN old",
                "ALTER TABLE IF EXISTS ONLY note DROP old",
                "ALTER TABLE note ADD COLUMN a int, DROP COLUMN IF EXISTS old CASCADE",
                "alter table \"note\" drop/* now */column\n old",
                "DROP TABLE note",
                "DROP TABLE IF EXISTS a, note",
                "DROP VIEW note_view",
                "ALTER TABLE note RENAME COLUMN old TO older",
                "ALTER TABLE note RENAME old TO older",
                "ALTER TABLE note RENAME TO notes",
                "ALTER TABLE note SET SCHEMA elsewhere",
                "TRUNCATE TABLE note",
                "DO $$ BEGIN IF true THEN ALTER TABLE note DROP COLUMN old; END IF; END $$"
            })
    void whatTheVersionBeforeUsesIsTakenAwayOnlyWithAMark(String sql) {
        assertThat(rules(sql)).isNotEmpty().containsOnly(Rule.CONTRACT);
        assertThat(rules("-- Since 1.4.0 nobody reads it.\n-- contract: safe since 1.4.0\n\n" + sql))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE note ALTER COLUMN title SET NOT NULL",
                "ALTER TABLE note ALTER title SET NOT NULL",
                "ALTER TABLE note ALTER COLUMN old TYPE bigint",
                "ALTER TABLE note ALTER old SET DATA TYPE bigint USING old::bigint",
                "ALTER TABLE note ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid()",
                "ALTER TABLE note ADD key uuid DEFAULT (uuidv7())",
                "ALTER TABLE note ADD COLUMN at timestamptz DEFAULT clock_timestamp()",
                "ALTER TABLE note ADD COLUMN n bigserial",
                "ALTER TABLE note ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY",
                "ALTER TABLE note ADD COLUMN u text GENERATED ALWAYS AS (upper(title)) STORED",
                "CREATE INDEX note_by_title ON note (tenant_id, title)",
                "CREATE UNIQUE INDEX ON note (tenant_id, title)",
                "ALTER TABLE note ADD CONSTRAINT one_title UNIQUE (tenant_id, title)",
                "ALTER TABLE note ADD CONSTRAINT has_title CHECK (title <> '')",
                "ALTER TABLE note ADD FOREIGN KEY (old) REFERENCES other (id)",
                "CLUSTER note",
                "VACUUM FULL note",
                "DO $body$ BEGIN CREATE INDEX ON note (old); END $body$"
            })
    void whatReadsOrRewritesATableWhileOthersWaitIsRefused(String sql) {
        assertThat(rules(sql)).containsExactly(Rule.LONG_LOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE note ADD COLUMN colour text",
                "ALTER TABLE note ADD COLUMN colour text NOT NULL DEFAULT 'white'",
                "ALTER TABLE note ADD COLUMN price numeric(18, 6) NOT NULL DEFAULT 0",
                "ALTER TABLE note ADD COLUMN at timestamptz NOT NULL DEFAULT now()",
                "ALTER TABLE note ADD COLUMN u text GENERATED ALWAYS AS (upper(title)) VIRTUAL",
                "ALTER TABLE note ADD CONSTRAINT c CHECK (title <> '') NOT VALID",
                "ALTER TABLE note ADD CONSTRAINT u UNIQUE USING INDEX u_index",
                "ALTER TABLE note VALIDATE CONSTRAINT c",
                "ALTER TABLE note DROP CONSTRAINT c",
                "ALTER TABLE note RENAME CONSTRAINT c TO d",
                "ALTER TABLE note ALTER COLUMN title DROP NOT NULL",
                "ALTER TABLE note ALTER COLUMN title SET DEFAULT gen_random_uuid()::text",
                "CREATE TABLE other (id uuid DEFAULT uuidv7()); CREATE INDEX ON other (id); DROP TABLE other",
                "CREATE TABLE other (a int); ALTER TABLE other ALTER a TYPE bigint, ALTER a SET NOT NULL, DROP a",
                "UPDATE note SET title = 'DROP TABLE note; LOCK TABLE note' -- ; DROP TABLE note",
                "COMMENT ON TABLE note IS 'it''s; DROP TABLE note'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DROP TABLE note; $$",
                "CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION f()",
                "SELECT E'\\'; DROP TABLE note; --'",
                "/* /* nested */ DROP TABLE note; */ SELECT 1",
                "DROP INDEX IF EXISTS note_by_title"
            })
    void whatAddsOrIsQuickPasses(String sql) {
        assertThat(check(sql)).isEmpty();
    }

    @Test
    void aFindingNamesFileLineAndRemedy() {
        assertThat(check("-- words\nSELECT '\n';\n\nALTER TABLE note ADD COLUMN a int,\n    DROP COLUMN old;"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.file()).isEqualTo("V10__change.sql");
                    assertThat(finding.line()).isEqualTo(6);
                    assertThat(finding.message()).contains("old of note");
                    assertThat(finding.remedy()).contains("-- contract: safe since");
                });
    }

    @Test
    void aLineWithinADoIsCountedFromTheFilesBeginning() {
        assertThat(check("SELECT 1;\nDO $$\nBEGIN\n  DROP TABLE note;\nEND $$;"))
                .extracting(MigrationFinding::line)
                .containsExactly(4);
    }

    @Test
    void notNullIsQuickOnceACheckWasValidated() {
        Map<String, String> files = Map.of(
                "V1__notes.sql", TABLE,
                "V2__check.sql", "ALTER TABLE note ADD CONSTRAINT titled CHECK (title IS NOT NULL) NOT VALID;",
                "V3__validate.sql", "ALTER TABLE note VALIDATE CONSTRAINT titled;",
                "V10__not_null.sql", "ALTER TABLE note ALTER COLUMN title SET NOT NULL;");

        assertThat(MigrationRules.check(files)).isEmpty();
    }

    @Test
    void aCheckThatWasNeverValidatedDoesNotCount() {
        assertThat(rules("ALTER TABLE note ADD CONSTRAINT titled CHECK (title IS NOT NULL) NOT VALID;"
                        + "ALTER TABLE note ALTER COLUMN title SET NOT NULL;"))
                .containsExactly(Rule.LONG_LOCK);
    }

    @Test
    void aColumnThatHasToBeFilledAndIsNotIsRefused() {
        assertThat(rules("ALTER TABLE note ADD COLUMN colour text NOT NULL")).containsExactly(Rule.UNFILLED_COLUMN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCK TABLE note IN SHARE MODE", "LOCK note"})
    void aLockByHandIsRefused(String sql) {
        assertThat(rules(sql)).containsExactly(Rule.EXPLICIT_LOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "BEGIN", "ROLLBACK", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON note (old)"})
    void transactionsAreTheServersBusiness(String sql) {
        assertThat(rules(sql)).containsExactly(Rule.TRANSACTION);
    }

    @Test
    void statementsThatArePutTogetherWhileTheyRunAreRefused() {
        assertThat(rules("DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE note'; END $$")).containsExactly(Rule.DYNAMIC);
    }

    @Test
    void anIndexIsBuiltOutsideOfATransaction() {
        String marked = "-- mortise: outside of a transaction\n";

        assertThat(rules(marked + "CREATE INDEX CONCURRENTLY IF NOT EXISTS note_by_old ON note (old);"
                        + " ALTER TABLE note VALIDATE CONSTRAINT c; DROP INDEX CONCURRENTLY IF EXISTS other;"))
                .isEmpty();
        assertThat(rules(marked + "CREATE INDEX CONCURRENTLY note_by_old ON note (old)"))
                .containsExactly(Rule.NOT_REPEATABLE);
        assertThat(rules(marked + "ALTER TABLE note ADD COLUMN a int")).containsExactly(Rule.NOT_REPEATABLE);
        assertThat(rules(marked + "INSERT INTO note VALUES (1)")).containsExactly(Rule.NOT_REPEATABLE);
    }

    @Test
    void aMarkerWithATypingErrorIsSaidToBeOne() {
        assertThat(rules("-- contract: save since 1.4\nSELECT 1")).containsExactly(Rule.MARKER);
        assertThat(rules("-- mortise: outside a transaction\nSELECT 1")).containsExactly(Rule.MARKER);
    }

    @Test
    void theMigrationsOfThisRepositoryPass() throws IOException {
        Path plugins = Path.of("..", "plugins").toAbsolutePath().normalize();
        List<Path> folders;
        try (Stream<Path> all = Files.walk(plugins)) {
            folders = all.filter(path -> path.endsWith(Path.of("db", "migration")) && Files.isDirectory(path))
                    .filter(path -> path.toString().contains("/src/"))
                    .toList();
        }
        assertThat(folders).isNotEmpty();
        for (Path folder : folders) {
            assertThat(MigrationRules.check(filesOf(folder)))
                    .as(folder.toString())
                    .isEmpty();
        }
    }

    private static Map<String, String> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
    }

    private static List<Rule> rules(String sql) {
        return check(sql).stream().map(MigrationFinding::rule).toList();
    }

    private static List<MigrationFinding> check(String sql) {
        return MigrationRules.check(Map.of("V1__notes.sql", TABLE, "V10__change.sql", sql));
    }
}
