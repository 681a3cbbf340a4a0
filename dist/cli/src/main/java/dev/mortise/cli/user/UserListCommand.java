package dev.mortise.cli.user;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists people. */
@Command(name = "list", description = "Lists people: state, roles, second factor, last sign-in.")
final class UserListCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.getAll(Users.PATH);
            output.show(answer, () -> Users.lines(answer));
        }
        return ExitCode.OK.number();
    }
}
