package dev.mortise.cli.tenant;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Deletes a tenant in two steps: it stops now, and its rows go after the grace. */
@Command(
        name = "delete",
        description = "Stops a tenant and erases all its data after a grace; until then \"resume\" takes it back.")
final class TenantDeleteCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TENANT", description = "The tenant's name or id.")
    private String tenant = "";

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            defaultValue = "P7D",
            description = "How long it can be taken back, such as P30D or PT1H. Default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ofDays(7);

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.delete(TenantPath.of(tenant) + "?grace=" + TenantPath.encoded(grace.toString()));
            output.show(answer, () -> TenantLines.changed(answer));
        }
        return ExitCode.OK.number();
    }
}
