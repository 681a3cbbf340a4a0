package dev.mortise.cli.doctor;

import dev.mortise.api.error.MortiseException;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.server.Distribution;
import dev.mortise.cli.server.ServerOptions;
import dev.mortise.kernel.config.ServerConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at everything that a server needs and says what is wrong.
 *
 * @since 0.1
 */
@Command(
        name = "doctor",
        description = "Looks at the machine, the installation and the server, and says what is wrong and what to do. "
                + "Changes nothing. The exit code is that of the first failure.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        MachineChecks.all().forEach(check -> findings.add(check.look()));
        readConfiguration(findings).ifPresent(configuration -> lookAt(configuration, findings));
        try (ServerClient client = connection.connect()) {
            findings.addAll(new ServerChecks(client).look());
        }
        output.show(
                JsonMapper.shared().valueToTree(findings),
                () -> findings.stream()
                        .flatMap(finding -> lines(finding).stream())
                        .toList());
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.FAIL)
                .findFirst()
                .map(Finding::exitCode)
                .orElse(ExitCode.OK)
                .number();
    }

    private Optional<ServerConfiguration> readConfiguration(List<Finding> findings) {
        try {
            ServerConfiguration configuration = options.read();
            // The port is read here because a wrong one is only noticed then.
            int port = configuration.port();
            findings.add(Finding.ok("config", options.describeFile() + ", port " + port));
            return Optional.of(configuration);
        } catch (MortiseException wrong) {
            String text = wrong.getMessage() == null ? wrong.errorCode().code() : wrong.getMessage();
            findings.add(Finding.fail("config", text, wrong.remedy(), ExitCode.CONFIGURATION));
            return Optional.empty();
        }
    }

    private static void lookAt(ServerConfiguration configuration, List<Finding> findings) {
        DataFolderCheck data = new DataFolderCheck(configuration.data());
        findings.add(data.folder());
        findings.add(data.room());
        findings.add(new PortCheck(configuration.host(), configuration.port()).look());
        findings.add(new DatabaseChecks(configuration.databaseUrl().orElse("")).look());
        Distribution.find().ifPresent(distribution -> {
            InstallationChecks installation = new InstallationChecks(distribution, configuration.catalogue());
            findings.add(installation.plugins());
            findings.add(installation.startUpCaches());
        });
    }

    private static List<String> lines(Finding finding) {
        String level = finding.level().name().toLowerCase(Locale.ROOT);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-5s %-10s %s", level, finding.check(), finding.text()));
        if (!finding.remedy().isEmpty()) {
            lines.add(" ".repeat(17) + "remedy: " + finding.remedy());
        }
        return lines;
    }
}
