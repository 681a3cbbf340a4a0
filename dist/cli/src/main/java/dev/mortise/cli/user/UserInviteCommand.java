package dev.mortise.cli.user;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
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

/** Invites somebody. */
@Command(
        name = "invite",
        description = "Invites somebody and shows the link, once; whoever opens it chooses a password.")
final class UserInviteCommand implements Callable<Integer> {
    private static final long SECONDS_OF_DAY = 86_400;

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "E-MAIL", description = "The person's address.")
    private String email = "";

    @Option(names = "--name", paramLabel = "NAME", description = "How the person is shown; the address otherwise.")
    private @Nullable String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role: admin, developer, viewer or one of the tenant's own. May be repeated.")
    private List<String> roles = List.of();

    @Option(
            names = "--valid-days",
            paramLabel = "N",
            defaultValue = "7",
            description = "For how many days the link works, 30 at most (${DEFAULT-VALUE}).")
    private int validDays = 7;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("email", email);
        body.put("roles", roles);
        body.put("validSeconds", validDays * SECONDS_OF_DAY);
        if (name != null) {
            body.put("displayName", name);
        }
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post("/api/v1/kernel/invitations", body);
            output.show(
                    answer,
                    () -> List.of(
                            answer.path("invitation").path("email").asString(email) + " is invited. The link is shown"
                                    + " this once; whoever has it comes in by it:",
                            client.url()
                                    .resolve(answer.path("link").asString(""))
                                    .toString(),
                            "It works until "
                                    + answer.path("invitation")
                                            .path("expiresAt")
                                            .asString("")));
        }
        return ExitCode.OK.number();
    }
}
