package dev.mortise.kernel.secret;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** {@code /api/v1/kernel/keys}: changes of the keys that secrets are sealed with. */
@Path("keys")
public final class KeyResource implements HttpResource {
    private static final String WRITE = "kernel.keys.write";

    private final KeyRing keys;
    private final Resealer resealer;
    private final Audit audit;
    private final TenantId operator;

    /** @param operator the tenant of those who run the server; others have no say in the master key */
    KeyResource(KeyRing keys, Resealer resealer, Audit audit, TenantId operator) {
        this.keys = keys;
        this.resealer = resealer;
        this.audit = audit;
        this.operator = operator;
    }

    /**
     * How far changes have come.
     *
     * @param secretsToReseal whether secrets of any tenant still have a former data key
     * @param masterChangeOpen whether the former master key still leads to the present one
     */
    public record KeyStatus(boolean secretsToReseal, boolean masterChangeOpen) {}

    /** A change that was made, and what is left to do. */
    public record KeyChange(String next) {}

    /** Tells how far changes have come. */
    @GET
    @RequiresPermission("kernel.keys.read")
    public KeyStatus status() {
        requireOperator();
        return status(keys);
    }

    private KeyStatus status(KeyRing ring) {
        return new KeyStatus(resealer.isWorkLeft(), ring.isMasterChangeOpen());
    }

    /** Makes a new data key for the caller's tenant, and puts its secrets under it in the background. */
    @POST
    @Path("data/rotation")
    @RequiresPermission(WRITE)
    public KeyChange rotateData() {
        keys.changeDataKey(CallContext.current().tenant());
        audit.record(AuditEntry.done("kernel.keys.data-rotated", "keys/data"));
        resealer.wake();
        return new KeyChange("The secrets are sealed anew in the background");
    }

    /** Makes a new master key, and wraps every data key by it. */
    @POST
    @Path("master/rotation")
    @RequiresPermission(WRITE)
    public KeyChange rotateMaster() {
        requireOperator();
        java.nio.file.Path file = keys.changeMaster();
        audit.record(AuditEntry.done("kernel.keys.master-rotated", "keys/master"));
        return new KeyChange("The new master key is in " + file.getFileName()
                + " of the data folder of the node that answered. Give it to every node that gets its key in another"
                + " way, back it up, then finish with: mortise secret rotate --finish");
    }

    /** Ends a change of the master key: the former one opens nothing any more. */
    @POST
    @Path("master/rotation/end")
    @RequiresPermission(WRITE)
    public KeyChange finishMaster() {
        requireOperator();
        if (!keys.finishMasterChange()) {
            throw new MortiseException(
                    ApiError.CONFLICT, "No change of the master key is open", "Nothing is left to do");
        }
        audit.record(AuditEntry.done("kernel.keys.master-rotation-finished", "keys/master"));
        return new KeyChange("The former master key opens nothing any more; destroy its copies");
    }

    private void requireOperator() {
        if (!CallContext.current().tenant().equals(operator)) {
            throw new MortiseException(
                    ApiError.FORBIDDEN,
                    "The master key is the server's, not this tenant's",
                    "Ask those who run the server");
        }
    }
}
