package dev.mortise.cli.plugin.pack;

import dev.mortise.api.script.ScriptManifest;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.OutputOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a plugin of scripts.
 *
 * @since 0.1
 */
@Command(
        name = "pack",
        description =
                "Makes a plugin's jar of a folder with script-plugin.json and scripts in JavaScript or Python. The"
                        + " same folder makes the same jar, byte by byte.")
public final class PluginPackCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "DIR", description = "The folder with script-plugin.json.")
    private Path folder = Path.of(".");

    @Option(names = "--out", paramLabel = "FILE", description = "The jar to write (ID-VERSION.jar here).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        ScriptFolder scripts = ScriptFolder.read(folder);
        ScriptManifest manifest = scripts.manifest();
        Path jar = out != null ? out : Path.of(manifest.id() + "-" + manifest.version() + ".jar");
        new ScriptJar(scripts).write(jar);
        ObjectNode answer = JsonMapper.shared()
                .createObjectNode()
                .put("jar", jar.toString())
                .put("id", manifest.id())
                .put("version", manifest.version());
        manifest.granted().inWords().forEach(answer.putArray("permissions")::add);
        output.show(answer, () -> lines(manifest, jar));
        return ExitCode.OK.number();
    }

    private static List<String> lines(ScriptManifest manifest, Path jar) {
        List<String> lines = new ArrayList<>();
        lines.add("Made " + jar + ": " + manifest.parts().size() + " tools and nodes");
        List<String> permissions = manifest.granted().inWords();
        lines.add(permissions.isEmpty() ? "It asks for no permission" : "It asks for:");
        permissions.forEach(permission -> lines.add("  " + permission));
        lines.add("Next: mortise plugin install " + jar);
        return lines;
    }
}
