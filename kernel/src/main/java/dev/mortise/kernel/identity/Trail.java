package dev.mortise.kernel.identity;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.log.TraceIds;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts on record what this room does and refuses, within the open transaction where there is one. The door records
 * requests of callers that it knows; this is in the room's own words, and also for strangers, whose tenant only this
 * room finds out.
 */
record Trail(Audit audit) {
    /** Whoever has shown nothing but the secret at hand. */
    static final Principal STRANGER = new Principal("anonymous", Principal.Kind.ANONYMOUS, Set.of());

    /** Records what the bound caller did. */
    void record(AuditEntry entry) {
        audit.record(entry);
    }

    /** Records what the bound caller did in its tenant; the kernel's own keys at the first start have no caller. */
    void record(TenantId tenant, AuditEntry entry) {
        if (CallContext.find().filter(bound -> bound.tenant().equals(tenant)).isPresent()) {
            audit.record(entry);
        }
    }

    /** Records what somebody did who has just shown to be that one. */
    void record(TenantId tenant, Principal actor, AuditEntry entry) {
        String traceId = CallContext.find().map(CallContext::traceId).orElseGet(TraceIds::random);
        new CallContext(tenant, actor, traceId).run(() -> audit.record(entry));
    }

    /** Records that a stranger was refused, where it is known in which tenant. */
    void refused(TenantId tenant, String action, String target, String reason) {
        if (!tenant.equals(Caller.NO_TENANT)) {
            record(
                    tenant,
                    STRANGER,
                    new AuditEntry(action, target, AuditEntry.Outcome.REFUSED, Map.of("reason", reason)));
        }
    }

    /** Returns a person as an actor. */
    static Principal person(UUID user) {
        return new Principal("user:" + user, Principal.Kind.USER, Set.of());
    }
}
