package dev.mortise.cli.plugin;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Replaces a running plugin by another version. */
@Command(
        name = "update",
        description = "Replaces a running plugin by another version, newer or older, without a failed call.")
final class PluginUpdateCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "PLUGIN",
            description = "An id (to the catalogue's newest version), ID@VERSION, or the path of a jar.")
    private String plugin = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = switch (PluginSource.parse(plugin)) {
                case PluginSource.Jar(var file) -> client.putJar(PluginPath.of(idIn(file)), file);
                case PluginSource.Catalogue named -> client.put(PluginPath.of(named.id()), named.body());
            };
            output.show(answer, () -> PluginLines.changed(answer));
        }
        return ExitCode.OK.number();
    }

    private static String idIn(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return Optional.ofNullable(jar.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue("Plugin-Id"))
                    .orElseThrow(() -> new CliException(
                            ExitCode.PLUGIN_REFUSED,
                            "cli.not-a-plugin",
                            "The manifest of " + file + " has no Plugin-Id",
                            "Give a jar that was built as a Mortise plugin"));
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.jar-unreadable",
                            "The jar " + file + " cannot be read: " + unreadable.getMessage(),
                            "Check that the path names a complete jar",
                            null),
                    unreadable);
        }
    }
}
