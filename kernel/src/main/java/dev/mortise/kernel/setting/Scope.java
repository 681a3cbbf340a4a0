package dev.mortise.kernel.setting;

import dev.mortise.api.call.CallContext;

/** For whom something is set. */
enum Scope {
    /** For the whole server. */
    SERVER,
    /** For the bound tenant. */
    TENANT;

    /** What other nodes are told about a change in the server's scope. */
    static final String SERVER_PAYLOAD = "server";

    boolean isTenant() {
        return this == TENANT;
    }

    /** Returns what other nodes are told: whose settings have changed. */
    String payload() {
        return isTenant() ? CallContext.current().tenant().toString() : SERVER_PAYLOAD;
    }

    /** Returns the scope's name in messages and in the audit record. */
    String word() {
        return isTenant() ? "tenant" : "server";
    }
}
