package dev.mortise.cli.tenant;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Makes a tenant. */
@Command(name = "create", description = "Makes a tenant and shows its first administrator's key, this once.")
final class TenantCreateCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and hyphens, up to 63.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The name for people.")
    private String displayName = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post(TenantPath.ALL, Map.of("name", name, "displayName", displayName));
            output.show(answer, () -> TenantLines.created(answer));
        }
        return ExitCode.OK.number();
    }
}
