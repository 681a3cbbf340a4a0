package dev.mortise.kernel.admin;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.OpenToAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;

/** {@code /api/v1/kernel/info}: which server this is, and as whom the caller is known. */
@Path("info")
public final class InfoResource implements HttpResource {
    private final String version;
    private final Instant startedAt;

    /** Describes this server. */
    public InfoResource(String version, Instant startedAt) {
        this.version = version;
        this.startedAt = startedAt;
    }

    /** What this server says of itself and of the caller. */
    public record Info(String version, String java, Instant startedAt, String tenant, String principal) {}

    /** Shows it. */
    @GET
    @OpenToAll(reason = "It tells callers their own tenant and principal, and the version that the CLI checks")
    public Info show() {
        CallContext context = CallContext.current();
        return new Info(
                version,
                Runtime.version().toString(),
                startedAt,
                context.tenant().toString(),
                context.principal().id());
    }
}
