package dev.mortise.cli.plugin.create;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Version;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.cli.server.Distribution;
import dev.mortise.kernel.lifecycle.PluginId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the project of a new plugin.
 *
 * @since 0.1
 */
@Command(
        name = "new",
        description =
                "Makes the project of a new plugin: small, real, with tests. Its build finds the plugin API in this "
                        + "distribution, and everything else on Maven Central.")
public final class PluginNewCommand implements Callable<Integer> {
    private static final String PACKAGE = "[a-z_$][a-z0-9_$]*(\\.[a-z_$][a-z0-9_$]*)*";

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "DIR", description = "The folder of the project; it must not be there, or be empty.")
    private Path folder = Path.of(".");

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The plugin's id: lower-case letters, digits, hyphens (the folder's name).")
    private @Nullable String id;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "com.example",
            description = "The Maven group (${DEFAULT-VALUE}).")
    private String group = "com.example";

    @Option(names = "--package", paramLabel = "PACKAGE", description = "The Java package (the group and the id).")
    private @Nullable String packageName;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "1.0.0",
            description = "The first version (${DEFAULT-VALUE}).")
    private String version = "1.0.0";

    @Override
    public Integer call() {
        Distribution distribution = Distribution.current();
        Path target = folder.toAbsolutePath().normalize();
        String chosenId = id == null ? String.valueOf(target.getFileName()) : id;
        PluginId.problem(chosenId).ifPresent(problem -> {
            throw wrong("cli.plugin-id", problem, "Give another with --id, such as acme-notes");
        });
        String chosenPackage = packageName == null ? group + "." + chosenId.replace("-", "") : packageName;
        if (!chosenPackage.matches(PACKAGE)) {
            throw wrong("cli.package-name", chosenPackage + " is no Java package", "Give another with --package");
        }
        write(distribution, target, chosenId, chosenPackage);
        ObjectNode answer = JsonMapper.shared()
                .createObjectNode()
                .put("id", chosenId)
                .put("folder", target.toString())
                .put("package", chosenPackage)
                .put("version", version);
        output.show(answer, () -> nextSteps(chosenId));
        return ExitCode.OK.number();
    }

    private void write(Distribution distribution, Path target, String chosenId, String chosenPackage) {
        String mortise = Version.current();
        Map<String, String> values = Map.of(
                "groupId", group,
                "artifactId", chosenId,
                "version", version,
                "package", chosenPackage,
                "mortiseVersion", mortise);
        try {
            requireEmpty(target);
            new Template(distribution.repository(), mortise).write(target, values);
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.project-not-written",
                            "The project cannot be written to " + target + ": " + failed.getMessage(),
                            "Check that the folder can be written, and that the distribution is complete",
                            null),
                    failed);
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
                if (!entries.iterator().hasNext()) {
                    return;
                }
            }
        }
        throw wrong(
                "cli.folder-not-empty", target + " is there already, and not an empty folder", "Name another folder");
    }

    private List<String> nextSteps(String chosenId) {
        return List.of(
                "The plugin " + chosenId + " is in " + folder,
                "",
                "  cd " + folder,
                "  ./mvnw verify                 build it, test it in a real server",
                "  mortise plugin dev .          put it into the running server, again after each build",
                "",
                "README.md there says what is where; GUIDE.md of the distribution what else a plugin can do.");
    }

    private static CliException wrong(String code, String message, String remedy) {
        return new CliException(ExitCode.USAGE, code, message, remedy);
    }
}
