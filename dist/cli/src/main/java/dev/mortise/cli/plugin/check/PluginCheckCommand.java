package dev.mortise.cli.plugin.check;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.kernel.inspect.Finding;
import dev.mortise.kernel.inspect.Finding.Verdict;
import dev.mortise.kernel.inspect.PluginInspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what a server will say.
 *
 * @since 0.1
 */
@Command(
        name = "check",
        description =
                "Says what a server of this version will say of a plugin's jar: its manifest, the packages it needs, "
                        + "its extensions, permissions and migrations; and its size and licences. The exit code is 8 when it "
                        + "would be refused.")
public final class PluginCheckCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "JAR", description = "The plugin.")
    private Path jar = Path.of(".");

    @Option(names = "--with", paramLabel = "JAR", description = "A plugin that it uses; may be given several times.")
    private List<Path> others = List.of();

    @Option(
            names = "--try",
            description = "Also install it into a scratch server, which runs its migrations and starts it.")
    private boolean live;

    @Override
    public Integer call() {
        requireFile(jar);
        others.forEach(PluginCheckCommand::requireFile);
        List<Finding> findings = new ArrayList<>(PluginInspection.of(jar, others));
        boolean refused = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.REFUSED);
        if (live && !refused) {
            Finding answer = ScratchInstall.of(jar, others);
            findings.add(answer);
            refused = answer.verdict() == Verdict.REFUSED;
        }
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("accepted", !refused);
        answer.set("findings", JsonMapper.shared().valueToTree(findings));
        boolean verdict = refused;
        output.show(answer, () -> lines(findings, verdict));
        return (refused ? ExitCode.PLUGIN_REFUSED : ExitCode.OK).number();
    }

    private List<String> lines(List<Finding> findings, boolean refused) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String verdict = finding.verdict() == Verdict.FINE
                    ? "ok"
                    : finding.verdict().name().toLowerCase(Locale.ROOT);
            lines.add(String.format(Locale.ROOT, "%-8s %-11s %s", verdict, finding.subject(), finding.message()));
            if (!finding.remedy().isEmpty()) {
                lines.add("         remedy: " + finding.remedy());
            }
            if (finding.verdict() == Verdict.REFUSED) {
                lines.add("         code: " + finding.code());
            }
        }
        lines.add(refused ? jar + " would be refused" : jar + " can be installed");
        return lines;
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CliException(
                    ExitCode.USAGE, "cli.file-not-found", "There is no file " + file, "Check the path of the jar");
        }
    }
}
