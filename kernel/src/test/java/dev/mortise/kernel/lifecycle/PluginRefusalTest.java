package dev.mortise.kernel.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a plugin can be unfit: it is refused with one clear message, and the server is as it was. */
@Tag("K2")
class PluginRefusalTest {
    private static TestKernel kernel;

    @TempDir
    Path folder;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.start();
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(kernel.plugins().list()).isEmpty();
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws IOException {
        Path jar = Files.writeString(folder.resolve("noise.jar"), "no jar");

        refused(KernelError.PLUGIN_BROKEN, () -> kernel.plugins().install(jar), "noise");
    }

    @Test
    void aJarThatWasCutOffIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(PluginJar.echo("cut", "1.0.0").build(folder));
        Path jar = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));

        refused(KernelError.PLUGIN_BROKEN, () -> kernel.plugins().install(jar), "complete");
    }

    @Test
    void aJarWithADamagedEntryIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(PluginJar.echo("bent", "1.0.0").build(folder));
        // Somewhere inside the first compressed entries, far from the directory at the end.
        for (int i = bytes.length / 3; i < bytes.length / 3 + 40; i++) {
            bytes[i] ^= 0x55;
        }
        Path jar = Files.write(folder.resolve("bent.jar"), bytes);

        assertThatThrownBy(() -> kernel.plugins().install(jar)).isInstanceOf(MortiseException.class);
    }

    @Test
    void aJarWithoutHeadersIsRefusedByTheHeaderItLacks() throws IOException {
        Path jar = folder.resolve("plain.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        refused(KernelError.PLUGIN_HEADERS, () -> kernel.plugins().install(jar), "Plugin-Id");
    }

    @Test
    void aReservedIdIsRefused() {
        Path jar = PluginJar.echo("kernel", "1.0.0").build(folder);

        refused(KernelError.PLUGIN_HEADERS, () -> kernel.plugins().install(jar), "reserved");
    }

    @Test
    void aVersionThatIsNotSemanticIsRefused() {
        Path jar =
                PluginJar.echo("odd", "1.0.0").header("Plugin-Version", "one").build(folder);

        refused(KernelError.PLUGIN_HEADERS, () -> kernel.plugins().install(jar), "\"one\"");
    }

    @Test
    void dynamicImportsAreRefused() {
        Path jar = PluginJar.echo("greedy", "1.0.0")
                .header("DynamicImport-Package", "*")
                .build(folder);

        refused(KernelError.PLUGIN_HEADERS, () -> kernel.plugins().install(jar), "DynamicImport-Package");
    }

    @Test
    void aPluginWithoutExtensionsIsRefusedWithTheLikelyCause() {
        Path jar = PluginJar.of("empty", "1.0.0")
                .source("test.empty.EmptyPlugin", PluginJar.mainClass("test.empty", "EmptyPlugin", ""))
                .build(folder);

        refused(KernelError.PLUGIN_EMPTY, () -> kernel.plugins().install(jar), "extensions.idx");
    }

    @Test
    void aPluginForAnotherApiIsRefused() {
        Path jar = PluginJar.echo("future", "1.0.0")
                .header("Import-Package", "dev.mortise.api.workflow;version=\"[9,10)\",*;resolution:=optional")
                .build(folder);

        refused(KernelError.PLUGIN_UNRESOLVED, () -> kernel.plugins().install(jar), "[9.0.0,10.0.0)");
    }

    @Test
    void aPluginThatThrowsInItsConstructorIsRefused() {
        Path jar = echoWithMain("bomb", "{ if (true) throw new IllegalStateException(\"no luck\"); }");

        refused(KernelError.PLUGIN_CONSTRUCTION, () -> kernel.plugins().install(jar), "no luck");
    }

    @Test
    void aPluginThatThrowsInStartIsRefused() {
        Path jar = echoWithMain("late", "@Override public void start() { throw new Error(\"not today\"); }");

        refused(KernelError.PLUGIN_START, () -> kernel.plugins().install(jar), "not today");
    }

    @Test
    void aPluginWhoseMigrationFailsIsRefused() {
        Path jar = PluginJar.echo("schema", "1.0.0")
                .file("db/migration/V1__bad.sql", "CREATE TABLE good (id int);\nCREATE TABEL bad (id int);")
                .build(folder);

        refused(KernelError.MIGRATION_FAILED, () -> kernel.plugins().install(jar), "V1__bad.sql");
    }

    @Test
    void anExtensionThatAsksForWhatTheKernelDoesNotGiveIsRefused() {
        Path jar = PluginJar.of("needy", "1.0.0")
                .source("test.needy.NeedyPlugin", PluginJar.mainClass("test.needy", "NeedyPlugin", ""))
                .source(
                        "test.needy.Node",
                        PluginJar.node("test.needy", "Node", "java.util.Random", "needy.node", "return call.input();"))
                .build(folder);

        refused(KernelError.PLUGIN_CONSTRUCTION, () -> kernel.plugins().install(jar), "java.util.Random");
    }

    @Test
    void aResourceMethodWithoutAPermissionIsRefused() {
        Path jar =
                PluginJar.echo("open", "1.0.0").source("test.open.Things", """
                        package test.open;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension @Path("things")
                        public final class Things implements dev.mortise.api.http.HttpResource {
                            public Things(EchoPlugin plugin) {}
                            @GET public String all() { return "everything"; }
                        }
                        """).build(folder);

        refused(KernelError.PLUGIN_PERMISSION_MISSING, () -> kernel.plugins().install(jar), "all");
    }

    @Test
    void aSecondPluginOfTheSameIdIsRefused() {
        kernel.plugins().install(PluginJar.echo("twin", "1.0.0").build(folder));

        refused(
                KernelError.PLUGIN_EXISTS,
                () -> kernel.plugins().install(PluginJar.echo("twin", "1.1.0").build(folder)),
                "mortise plugin update");
        assertThat(kernel.plugins().list()).singleElement().satisfies(status -> {
            assertThat(status.version()).isEqualTo("1.0.0");
            assertThat(status.state()).isEqualTo(PluginState.RUNNING);
        });
        kernel.plugins().remove("twin");
    }

    @Test
    void aSecondPluginThatOffersATakenNameIsRefused() {
        kernel.plugins().install(PluginJar.echo("first", "1.0.0").build(folder));
        Path jar = PluginJar.of("second", "1.0.0")
                .source("test.second.SecondPlugin", PluginJar.mainClass("test.second", "SecondPlugin", ""))
                .source(
                        "test.second.Node",
                        PluginJar.node("test.second", "Node", "SecondPlugin", "first.echo", "return call.input();"))
                .build(folder);

        refused(KernelError.PLUGIN_NAME_TAKEN, () -> kernel.plugins().install(jar), "first 1.0.0");
        assertThat(kernel.plugins().list())
                .singleElement()
                .satisfies(status -> assertThat(status.id()).isEqualTo("first"));
        kernel.plugins().remove("first");
    }

    @Test
    void aPluginThatOthersUseCannotBeRemovedBeforeThem() {
        Path lib = PluginJar.echo("lib", "1.0.0")
                .source("test.shared.Shared", "package test.shared; public final class Shared {}")
                .header("Export-Package", "test.shared;version=\"1.0.0\"")
                .build(folder);
        kernel.plugins().install(lib);
        kernel.plugins()
                .install(PluginJar.echo("user", "1.0.0")
                        .library(lib)
                        .source(
                                "test.user.Use",
                                "package test.user; public final class Use { public test.shared.Shared field; }")
                        .header("Import-Package", "test.shared;version=\"[1,2)\",*")
                        .build(folder));

        refused(KernelError.PLUGIN_IN_USE, () -> kernel.plugins().remove("lib"), "user");
        kernel.plugins().remove("user");
        kernel.plugins().remove("lib");
    }

    private Path echoWithMain(String id, String body) {
        String packageName = "test." + id;
        return PluginJar.of(id, "1.0.0")
                .source(packageName + ".EchoPlugin", PluginJar.mainClass(packageName, "EchoPlugin", body))
                .source(
                        packageName + ".Echo",
                        PluginJar.node(packageName, "Echo", "EchoPlugin", id + ".echo", "return call.input();"))
                .build(folder);
    }

    private static void refused(ErrorCode code, ThrowingCallable attempt, String hint) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(MortiseException.class, refusal -> {
            assertThat(refusal.errorCode()).isEqualTo(code);
            assertThat(refusal.describe()).contains(hint);
            assertThat(refusal.remedy()).isNotBlank();
        });
    }
}
