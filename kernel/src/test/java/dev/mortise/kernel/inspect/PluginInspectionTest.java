package dev.mortise.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.inspect.Finding.Verdict;
import dev.mortise.kernel.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K8")
class PluginInspectionTest {
    @TempDir
    private Path folder;

    @Test
    void aSoundPluginIsDescribed() {
        Path jar = notes().source(
                        "test.notes.NoteResource",
                        resource("@dev.mortise.api.http.RequiresPermission(\"notes.notes.read\")"))
                .file("db/migration/V1__notes.sql", """
                        CREATE TABLE note (tenant_id uuid NOT NULL, id uuid, PRIMARY KEY (tenant_id, id));
                        CALL mortise.protect('note');
                        """)
                .build(folder);

        assertThat(inspect(jar))
                .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FINE))
                .extracting(Finding::subject, Finding::message)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("permissions", "notes.notes.read"),
                        org.assertj.core.groups.Tuple.tuple("migrations", "V1__notes.sql"));
    }

    @Test
    void aPluginForANewerApiIsRefusedWithWhatIsThere() {
        Path jar = notes().header(
                        "Import-Package", "dev.mortise.api.workflow;version=\"[9.1,10)\",*;resolution:=optional")
                .build(folder);

        assertThat(refusal(jar).code()).isEqualTo("kernel.plugin-unresolved");
        assertThat(refusal(jar).message()).contains("dev.mortise.api.workflow [9.1.0,10.0.0), found 1.");
    }

    @Test
    void aPluginWithoutExtensionsIsRefused() {
        Path jar = PluginJar.of("notes", "1.0.0")
                .source("test.notes.NotesPlugin", PluginJar.mainClass("test.notes", "NotesPlugin", ""))
                .build(folder);

        assertThat(refusal(jar).code()).isEqualTo("kernel.plugin-empty");
    }

    @Test
    void anOperationWithoutAPermissionIsRefused() {
        Path jar = notes().source("test.notes.NoteResource", resource("")).build(folder);

        assertThat(refusal(jar).code()).isEqualTo("kernel.plugin-permission-missing");
    }

    @Test
    void aPermissionThatIsNotNamedAfterThePluginIsRemarkedOn() {
        Path jar = notes().source(
                        "test.notes.NoteResource",
                        resource("@dev.mortise.api.http.RequiresPermission(\"kernel.plugins.write\")"))
                .build(folder);

        assertThat(warnings(jar)).singleElement().asString().contains("kernel.plugins.write");
    }

    @Test
    void tablesThatDoNotKeepTenantsApartAreRemarkedOn() {
        Path jar = notes().file("db/migration/V1__notes.sql", """
                        -- CREATE TABLE in_a_comment (id int);
                        CREATE TABLE note (tenant_id uuid NOT NULL, id uuid, body text CHECK (length(body) < 10));
                        CREATE TABLE colour (name text PRIMARY KEY);
                        """).build(folder);

        assertThat(warnings(jar))
                .hasSize(2)
                .anyMatch(text -> text.contains("note") && text.contains("does not protect it"))
                .anyMatch(text -> text.contains("colour") && text.contains("no tenant_id"));
    }

    @Test
    void aMigrationThatTakesAwayWhatTheVersionBeforeUsesIsRefused() {
        Path jar = notes().file("db/migration/V1__notes.sql", "CREATE TABLE note (id uuid, body text);")
                .file("db/migration/V2__less.sql", "\nALTER TABLE note DROP COLUMN body;")
                .build(folder);

        assertThat(refusal(jar).code()).isEqualTo("kernel.migration-unsafe");
        assertThat(refusal(jar).message()).contains("V2__less.sql line 2");
    }

    @Test
    void aBadlyNamedMigrationIsRefused() {
        Path jar = notes().file("db/migration/notes.sql", "SELECT 1;").build(folder);

        assertThat(refusal(jar).code()).isEqualTo("kernel.migration-failed");
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.jar"), "no jar");

        assertThat(refusal(file).code()).isEqualTo("kernel.plugin-broken");
    }

    private static PluginJar notes() {
        return PluginJar.echo("notes", "1.0.0");
    }

    private static String resource(String annotation) {
        return """
                package test.notes;
                import jakarta.ws.rs.*;
                @org.pf4j.Extension @Path("notes")
                public final class NoteResource implements dev.mortise.api.http.HttpResource {
                    @GET %s public String get() { return ""; }
                }
                """.formatted(annotation);
    }

    private static List<Finding> inspect(Path jar) {
        return PluginInspection.of(jar, List.of());
    }

    private static Finding refusal(Path jar) {
        return inspect(jar).stream()
                .filter(finding -> finding.verdict() == Verdict.REFUSED)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> warnings(Path jar) {
        return inspect(jar).stream()
                .filter(finding -> finding.verdict() == Verdict.WARNING)
                .map(Finding::message)
                .toList();
    }
}
