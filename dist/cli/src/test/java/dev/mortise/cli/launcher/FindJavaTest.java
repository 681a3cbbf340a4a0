package dev.mortise.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real script with made-up JDK folders; the folders that installers use are those of the home folder. */
@Tag("K7")
class FindJavaTest {
    private static final Path SCRIPT =
            Path.of("../server/src/main/dist/bin/find-java").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    private Path script = SCRIPT;

    private record Result(int exitCode, String output) {}

    /** The machine's own JDKs must not be found, so the copy looks into the made-up folders only. */
    @BeforeEach
    void copyWithoutTheMachinesFolders() throws IOException {
        String text = Files.readString(SCRIPT).replaceAll("(?<=\\s)/(usr|opt|Library)/[^\\s;]*", "");
        script = Files.writeString(folder.resolve("find-java"), text);
    }

    @Test
    void aJdkInAUsualFolderIsFoundWithoutAnySetting() throws IOException, InterruptedException {
        jdk("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3", true);

        assertThat(find("jdk", Map.of()).output()).endsWith("home/.sdkman/candidates/java/25.0.3-tem");
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws IOException, InterruptedException {
        Path old = jdk("old", "17.0.9", true);
        jdk("home/.jdks/temurin-26", "26", true);

        assertThat(find("jdk", Map.of("JAVA_HOME", old.toString())).output()).endsWith("home/.jdks/temurin-26");
    }

    @Test
    void mortiseJavaHomeWinsOverJavaHome() throws IOException, InterruptedException {
        Path one = jdk("one", "25", true);
        Path two = jdk("two", "25", true);

        Map<String, String> environment = Map.of("JAVA_HOME", one.toString(), "MORTISE_JAVA_HOME", two.toString());

        assertThat(find("", environment).output()).isEqualTo(two.toString());
    }

    @Test
    void aFolderWithSpacesIsFound() throws IOException, InterruptedException {
        Path jdk = jdk("my java", "25", true);

        assertThat(find("", Map.of("JAVA_HOME", jdk.toString())).output()).isEqualTo(jdk.toString());
    }

    @Test
    void aRuntimeWithoutACompilerWillDoToRunButNotToBuild() throws IOException, InterruptedException {
        Path runtime = jdk("runtime", "25", false);
        Map<String, String> environment = Map.of("JAVA_HOME", runtime.toString());

        assertThat(find("", environment).output()).isEqualTo(runtime.toString());
        assertThat(find("jdk", environment).exitCode()).isEqualTo(3);
    }

    @Test
    void whereThereIsNoneTheMessageSaysWhatToInstallAndTheExitCodeIsThree() throws IOException, InterruptedException {
        Path old = jdk("old", "1.8.0_402", true);

        Result result = find("", Map.of("JAVA_HOME", old.toString()));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("JDK 25", "Java 1 in " + old, "JAVA_HOME");
    }

    private Path jdk(String name, String version, boolean withCompiler) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), "");
        if (withCompiler) {
            program(home.resolve("bin/javac"), "");
        }
        return home;
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result find(String need, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                ". \"$0\"; mortise_find_java " + need + "; printf %s \"$JAVA_HOME\"",
                script.toString());
        builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
        // Without the machine's java, and with what the script itself calls.
        builder.environment().put("PATH", toolsOnly().toString());
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Path toolsOnly() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"sed", "readlink"}) {
            program(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
        }
        return tools;
    }
}
