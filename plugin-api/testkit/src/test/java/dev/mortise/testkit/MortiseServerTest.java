package dev.mortise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.testkit.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

@Tag("K8")
class MortiseServerTest {
    @RegisterExtension
    static final MortiseServer server = MortiseServer.with(plugin()).settings("greeter: {greeting: Welcome}");

    private static Path plugin() {
        try {
            return PluginJar.echo("greeter", "1.0.0")
                    .source("test.greeter.GreetingResource", """
                            package test.greeter;
                            import dev.mortise.api.call.CallContext;
                            import dev.mortise.api.http.*;
                            import jakarta.ws.rs.*;
                            @org.pf4j.Extension @Path("greetings")
                            public final class GreetingResource implements HttpResource {
                                public record Greeting(String text, String tenant) {}
                                public record GreeterSettings(String greeting) {}
                                private final String greeting;
                                public GreetingResource(dev.mortise.api.plugin.PluginContext context) {
                                    greeting = context.settings().as(GreeterSettings.class).greeting();
                                }
                                @GET @RequiresPermission("greeter.greetings.read")
                                public Greeting get() {
                                    return new Greeting(greeting, CallContext.current().tenant().toString());
                                }
                            }
                            """)
                    .build(Files.createTempDirectory("greeter"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPluginAnswersWithItsSettings() {
        assertThat(server.get("/api/v1/greeter/greetings").body().path("text").asString())
                .isEqualTo("Welcome");
    }

    @Test
    void anExtensionIsCalledByItsName() {
        NodeCall call = new NodeCall(UUID.randomUUID(), "step", 1, "key", StringNode.valueOf("hello"));

        JsonNode answer = server.call(NodeType.class, "greeter.echo", node -> node.execute(call));

        assertThat(answer).isEqualTo(StringNode.valueOf("hello"));
    }

    @Test
    void aCallerHasOnlyThePermissionsThatItWasGiven() {
        assertThat(server.caller("greeter.greetings.read")
                        .get("/api/v1/greeter/greetings")
                        .status())
                .isEqualTo(200);
        assertThat(server.caller("greeter.greetings.write")
                        .get("/api/v1/greeter/greetings")
                        .status())
                .isEqualTo(403);
        assertThat(server.stranger().get("/api/v1/greeter/greetings").status()).isEqualTo(401);
    }

    @Test
    void everyTenantIsItsOwn() {
        String first = tenantOf(server.administrator());
        String second = tenantOf(server.tenant("second"));

        assertThat(second).isNotEqualTo(first).isEqualTo(tenantOf(server.tenant("second")));
    }

    private static String tenantOf(Caller caller) {
        return caller.get("/api/v1/greeter/greetings").body().path("tenant").asString();
    }
}
