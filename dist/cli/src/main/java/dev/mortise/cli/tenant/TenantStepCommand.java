package dev.mortise.cli.tenant;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Takes a tenant one step through its life; the steps differ in their name only. */
abstract class TenantStepCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "TENANT", description = "The tenant's name or id.")
    private String tenant = "";

    private final String step;

    private TenantStepCommand(String step) {
        this.step = step;
    }

    @Override
    public final Integer call() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post(TenantPath.of(tenant) + "/" + step, Map.of());
            output.show(answer, () -> TenantLines.changed(answer));
        }
        return ExitCode.OK.number();
    }

    /** Stops a tenant. */
    @Command(name = "suspend", description = "Stops a tenant's keys, sessions and jobs on every node; keeps its data.")
    static final class Suspend extends TenantStepCommand {
        Suspend() {
            super("suspend");
        }
    }

    /** Ends a suspension, or takes a deletion back. */
    @Command(name = "resume", description = "Lets a suspended tenant work again, or one whose deletion is not yet due.")
    static final class Resume extends TenantStepCommand {
        Resume() {
            super("resume");
        }
    }
}
