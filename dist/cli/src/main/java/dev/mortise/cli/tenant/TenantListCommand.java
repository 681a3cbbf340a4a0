package dev.mortise.cli.tenant;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists all tenants, page after page. */
@Command(name = "list", description = "Lists the tenants, oldest first.")
final class TenantListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<JsonNode> tenants = new ArrayList<>();
        try (ServerClient client = server.connect()) {
            String next = "";
            do {
                String after = next.isEmpty() ? "" : "&after=" + TenantPath.encoded(next);
                JsonNode page = client.get(TenantPath.ALL + "?limit=200" + after);
                page.path("items").forEach(tenants::add);
                next = page.path("next").asString("");
            } while (!next.isEmpty());
        }
        JsonNode answer = JsonMapper.shared()
                .createObjectNode()
                .set("items", JsonMapper.shared().valueToTree(tenants));
        output.show(answer, () -> TenantLines.list(tenants));
        return ExitCode.OK.number();
    }
}
