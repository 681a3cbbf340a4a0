package dev.mortise.dist.contract;

import dev.mortise.dist.fuzz.Operation;
import java.util.Map;

/** What the document cannot tell of an operation: bodies that are accepted, and where it differs with a reason. */
final class Exceptions {
    /** Things that may be asked for before they are there. */
    static final Map<String, String> SERVES_THE_UNKNOWN = Map.of(
            "kernel.plugins.listSecrets", "secrets may be set before their plugin is installed",
            "kernel.sessions.end", "a key is no person and has no sessions: 403");

    /** Operations for which no body is a body. */
    static final Map<String, String> TAKES_NOTHING =
            Map.of("automatrix.workflows.run", "a workflow without an input is run without one");

    /** What is created by a body; {@code once} stands where another request may differ. */
    static final Map<String, String> CREATING = Map.of(
            "kernel.roles.create", "{\"name\":\"once\",\"permissions\":[\"kernel.roles.read\"]}",
            "kernel.service-accounts.create", "{\"name\":\"once\",\"roles\":[]}",
            "kernel.api-keys.create", "{\"name\":\"once\",\"permissions\":[\"kernel.roles.read\"]}",
            "kernel.invitations.invite", "{\"email\":\"once@example.org\",\"roles\":[\"viewer\"]}",
            "kernel.tenants.create", "{\"name\":\"once\"}");

    private static final Map<String, String> CHANGING = Map.of(
            "kernel.plugins.replace", "{\"usageQueue\":11}",
            "kernel.plugins.change", "{\"usageQueue\":11}",
            "kernel.plugins.restore", "{}",
            "kernel.tenant.replace", "{\"defaultChatModel\":\"a/b\"}",
            "kernel.tenant.change", "{\"defaultChatModel\":\"a/b\"}",
            "kernel.tenant.restore", "{}",
            "automatrix.workflows.publish", "{\"template\":\"automotive/service-intake\"}");

    private Exceptions() {}

    /** Returns a body that the operation accepts. */
    static String body(Operation operation) {
        String body = CHANGING.get(operation.id());
        if (body == null) {
            throw new IllegalStateException(operation.id() + " takes If-Match: say here which body it accepts");
        }
        return body;
    }
}
