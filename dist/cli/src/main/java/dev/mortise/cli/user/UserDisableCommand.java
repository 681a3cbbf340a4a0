package dev.mortise.cli.user;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Takes a person's access away. */
@Command(
        name = "disable",
        description = "Disables an account: its sessions, tokens and keys end, within 5 seconds on all nodes.")
final class UserDisableCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "E-MAIL|ID", description = "The person's address or id.")
    private String who = "";

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            String id = Users.idOf(client.getAll(Users.PATH), who);
            JsonNode answer = client.patch(Users.PATH + "/" + id, Map.of("state", "DISABLED"));
            output.show(answer, () -> List.of(answer.path("email").asString(who) + " is disabled"));
        }
        return ExitCode.OK.number();
    }
}
