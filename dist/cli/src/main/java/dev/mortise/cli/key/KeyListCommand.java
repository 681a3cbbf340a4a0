package dev.mortise.cli.key;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists keys. */
@Command(name = "list", description = "Lists keys: prefix, owner, permissions, expiry, last use. Never the secret.")
final class KeyListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--all", description = "List revoked ones as well.")
    private boolean all;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.getAll(Keys.PATH);
            output.show(answer, () -> Keys.lines(answer, all));
        }
        return ExitCode.OK.number();
    }
}
