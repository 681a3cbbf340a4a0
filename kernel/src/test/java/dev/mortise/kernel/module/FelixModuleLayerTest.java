package dev.mortise.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.Collected;
import dev.mortise.kernel.testkit.PluginJar;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K2")
class FelixModuleLayerTest {
    @TempDir
    Path folder;

    private FelixModuleLayer layer;

    @BeforeEach
    void startLayer() {
        layer = new FelixModuleLayer(folder.resolve("cache"));
    }

    @AfterEach
    void stopLayer() {
        layer.close();
    }

    @Test
    void aPluginSharesTheTypesOfTheApiAndHasItsOwnClasses() throws Exception {
        Module module = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));

        Class<?> node = module.classLoader().loadClass("test.hello.Echo");

        assertThat(NodeType.class).isAssignableFrom(node);
        assertThat(node.getClassLoader()).isSameAs(module.classLoader());
    }

    @Test
    void aPluginDoesNotSeeTheClassesOfTheKernel() {
        Module module = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));

        assertThatThrownBy(() -> module.classLoader().loadClass("dev.mortise.kernel.Kernel"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> module.classLoader().loadClass("com.zaxxer.hikari.HikariDataSource"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aPluginSeesThePackagesOfTheJdkByName() throws Exception {
        Module module = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));

        assertThat(module.classLoader().loadClass("javax.sql.DataSource")).isNotNull();
        assertThat(module.classLoader().loadClass("com.sun.net.httpserver.HttpServer"))
                .isNotNull();
    }

    @Test
    void aPluginBuiltForANewerApiIsRefusedWithTheRangeItWantsAndTheVersionThereIs() {
        Path jar = PluginJar.echo("future", "1.0.0")
                .header("Import-Package", "dev.mortise.api.workflow;version=\"[9.3,10)\",*;resolution:=optional")
                .build(folder);

        assertThatThrownBy(() -> layer.load(jar)).isInstanceOfSatisfying(MortiseException.class, refusal -> {
            assertThat(refusal.errorCode()).isEqualTo(KernelError.PLUGIN_UNRESOLVED);
            assertThat(refusal)
                    .hasMessageContaining("future 1.0.0")
                    .hasMessageContaining("dev.mortise.api.workflow [9.3.0,10.0.0)")
                    .hasMessageContaining("found 1.0.0 from the server");
        });
    }

    @Test
    void aPluginThatNeedsAPackageNobodyHasIsRefusedByItsName() {
        Path jar = PluginJar.echo("lonely", "1.0.0")
                .header("Import-Package", "dev.mortise.*,org.example.absent")
                .build(folder);

        assertThatThrownBy(() -> layer.load(jar))
                .hasMessageContaining("org.example.absent")
                .hasMessageContaining("found nothing");
    }

    @Test
    void aRefusedPluginCanBeLoadedOnceItIsMended() {
        Path broken = PluginJar.echo("hello", "1.0.0")
                .header("Import-Package", "org.example.absent")
                .build(folder);
        assertThatThrownBy(() -> layer.load(broken)).isInstanceOf(MortiseException.class);

        Module module = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));

        assertThat(module.classLoader()).isNotNull();
    }

    @Test
    void twoVersionsOfAPluginStandSideBySide() throws Exception {
        Module first = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));
        Module second = layer.load(PluginJar.echo("hello", "2.0.0").build(folder));

        assertThat(first.classLoader().loadClass("test.hello.Echo"))
                .isNotSameAs(second.classLoader().loadClass("test.hello.Echo"));
    }

    @Test
    void usersOfAPluginGetTheVersionOfAPackageThatTheyWereBuiltFor() throws Exception {
        Path lib1 = library("1.0.0");
        Path lib2 = library("2.0.0");
        layer.load(lib1);
        layer.load(lib2);

        Module user1 = layer.load(userOf("user-a", lib1, "[1,2)"));
        Module user2 = layer.load(userOf("user-b", lib2, "[2,3)"));

        assertThat(versionSeenBy(user1, "test.usera.Use")).isEqualTo("1.0.0");
        assertThat(versionSeenBy(user2, "test.userb.Use")).isEqualTo("2.0.0");
    }

    @Test
    void aModuleKnowsWhoUsesItsPackages() {
        Path lib = library("1.0.0");
        Module module = layer.load(lib);
        assertThat(module.users()).isEmpty();

        layer.load(userOf("user-a", lib, "[1,2)"));

        assertThat(module.users()).containsExactly("user-a");
    }

    @Test
    void textFilesOfAFolderAreListedByName() {
        Module module = layer.load(PluginJar.echo("hello", "1.0.0")
                .file("db/migration/V1__a.sql", "SELECT 1")
                .file("db/migration/notes.txt", "no")
                .build(folder));

        assertThat(module.textFiles("db/migration", ".sql"))
                .containsExactly(java.util.Map.entry("V1__a.sql", "SELECT 1"));
    }

    @Test
    void overwritingTheFileDoesNotBreakARunningPlugin() throws Exception {
        Path jar = PluginJar.echo("hello", "1.0.0").build(folder);
        Module module = layer.load(jar);

        Files.write(jar, new byte[] {1, 2, 3});

        assertThat(module.classLoader().loadClass("test.hello.Echo")).isNotNull();
    }

    @Test
    void anUnloadedModuleIsCollected() throws Exception {
        Module module = layer.load(PluginJar.echo("hello", "1.0.0").build(folder));
        module.classLoader().loadClass("test.hello.Echo");
        WeakReference<ClassLoader> loader = new WeakReference<>(module.classLoader());

        module.unload();
        module = null;

        assertThat(Collected.within(loader)).isTrue();
    }

    private Path library(String version) {
        return PluginJar.echo("lib", version)
                .source(
                        "test.shared.Shared",
                        "package test.shared; public final class Shared { public static String version() { return \""
                                + version + "\"; } }")
                .header("Export-Package", "test.shared;version=\"" + version + "\"")
                .build(directory("lib-" + version));
    }

    private Path userOf(String id, Path library, String range) {
        String packageName = "test." + id.replace("-", "");
        return PluginJar.echo(id, "1.0.0")
                .library(library)
                .source(
                        packageName + ".Use",
                        "package " + packageName
                                + "; public final class Use { public static String seen() { return test.shared.Shared.version(); } }")
                .header("Import-Package", "test.shared;version=\"" + range + "\",*")
                .build(directory(id));
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object versionSeenBy(Module module, String className) throws ReflectiveOperationException {
        return module.classLoader().loadClass(className).getMethod("seen").invoke(null);
    }
}
