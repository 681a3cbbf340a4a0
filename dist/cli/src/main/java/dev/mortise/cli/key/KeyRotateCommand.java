package dev.mortise.cli.key;

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

/** Gives a key a new secret. */
@Command(
        name = "rotate",
        description = "Gives a key a new secret and shows it, once; the former one is good for the grace period.")
final class KeyRotateCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "PREFIX|ID", description = "The key's prefix, with or without mk_, or its id.")
    private String key = "";

    @Option(
            names = "--grace-seconds",
            paramLabel = "N",
            defaultValue = "86400",
            description = "For how long the former secret stays good; 0 when it has leaked (${DEFAULT-VALUE}).")
    private long graceSeconds;

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String id = Keys.idOf(client.getAll(Keys.PATH), key);
            JsonNode answer = client.post(Keys.PATH + "/" + id + "/rotate", Map.of("graceSeconds", graceSeconds));
            output.show(answer, () -> Keys.issued(answer));
        }
        return ExitCode.OK.number();
    }
}
