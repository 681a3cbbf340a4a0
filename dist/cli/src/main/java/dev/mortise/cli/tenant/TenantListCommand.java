package dev.mortise.cli.tenant;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists all tenants, page after page. */
@Command(name = "list", description = "Lists the tenants, oldest first.")
final class TenantListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.getAll(TenantPath.ALL);
            output.show(answer, () -> TenantLines.list(answer));
        }
        return ExitCode.OK.number();
    }
}
