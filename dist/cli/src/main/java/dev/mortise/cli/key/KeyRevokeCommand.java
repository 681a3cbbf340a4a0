package dev.mortise.cli.key;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Revokes a key. */
@Command(name = "revoke", description = "Revokes a key for good, within 5 seconds on all nodes.")
final class KeyRevokeCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "PREFIX|ID", description = "The key's prefix, with or without mk_, or its id.")
    private String key = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String id = Keys.idOf(client.getAll(Keys.PATH), key);
            JsonNode answer = client.delete(Keys.PATH + "/" + id);
            output.show(answer, () -> List.of("The key " + key + " is revoked"));
        }
        return ExitCode.OK.number();
    }
}
