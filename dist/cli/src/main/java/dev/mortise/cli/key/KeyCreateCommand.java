package dev.mortise.cli.key;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Makes a key. */
@Command(name = "create", description = "Makes a key and shows it, once.")
final class KeyCreateCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "What the key is for.")
    private String name = "";

    @Option(
            names = "--permission",
            paramLabel = "PERMISSION",
            required = true,
            description = "What the key may do, such as automatrix.runs.read or automatrix.*. May be repeated.")
    private List<String> permissions = List.of();

    @Option(
            names = "--service-account",
            paramLabel = "ID",
            description = "Whose the key is; without it, whose the key is that makes it.")
    private @Nullable String serviceAccount;

    @Option(names = "--expires-days", paramLabel = "N", description = "After how many days it ends; never otherwise.")
    private @Nullable Integer expiresDays;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("permissions", permissions);
        if (serviceAccount != null) {
            body.put("serviceAccount", serviceAccount);
        }
        if (expiresDays != null) {
            body.put(
                    "expiresAt",
                    Instant.now().plus(Duration.ofDays(expiresDays)).toString());
        }
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post(Keys.PATH, body);
            output.show(answer, () -> Keys.issued(answer));
        }
        return ExitCode.OK.number();
    }
}
