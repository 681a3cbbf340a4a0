package dev.mortise.kernel.secret;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.secret.SecretValue;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/kernel/plugins/{id}/secrets}: the secrets of a plugin for the caller's tenant. A value goes in and
 * never comes out. A plugin need not be installed yet.
 */
@Path("plugins/{id}/secrets")
public final class SecretResource implements HttpResource {
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.secrets");

    private final SchemaSessions sessions;
    private final SecretStore secrets;

    SecretResource(SchemaSessions sessions, SecretStore secrets) {
        this.sessions = sessions;
        this.secrets = secrets;
    }

    /**
     * A secret, without its value.
     *
     * @param updatedBy who set it last
     */
    public record SecretName(String name, Instant updatedAt, String updatedBy) {}

    /** A value on its way in. It does not print itself. */
    public record NewValue(@Nullable String value) {
        @Override
        public String toString() {
            return "NewValue[secret]";
        }
    }

    /** Lists the names, sorted. */
    @GET
    @RequiresPermission("kernel.secrets.read")
    public Page<SecretName> listSecrets(
            @PathParam("id") String plugin,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        int most = Page.limit(limit, MOST);
        String behind = LIST.position(after).orElse("");
        List<SecretName> read =
                inTransaction(Access.READ, open -> secrets.names(open, plugin, behind, most + 1)).stream()
                        .map(row -> new SecretName(row.name(), row.updatedAt(), row.updatedBy()))
                        .toList();
        return Page.of(read, most, secret -> LIST.after(secret.name()));
    }

    /** Sets a secret, in place of a former one. */
    @PUT
    @Path("{name}")
    @RequiresPermission("kernel.secrets.write")
    public void setSecret(@PathParam("id") String plugin, @PathParam("name") String name, NewValue sent) {
        String text = sent.value();
        if (text == null || text.isEmpty() || text.length() > SecretValue.MOST_BYTES) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The value is missing, empty or longer than " + SecretValue.MOST_BYTES + " bytes",
                    "Send {\"value\": \"…\"}; keep larger things elsewhere, and the key to them here");
        }
        try (SecretValue value = SecretValue.of(text)) {
            inTransaction(Access.WRITE, open -> {
                secrets.put(open, plugin, name, value);
                return true;
            });
        }
    }

    /** Deletes a secret. */
    @DELETE
    @Path("{name}")
    @RequiresPermission("kernel.secrets.write")
    public void deleteSecret(@PathParam("id") String plugin, @PathParam("name") String name) {
        if (!inTransaction(Access.WRITE, open -> secrets.delete(open, plugin, name))) {
            throw new MortiseException(
                    ApiError.NOT_FOUND,
                    "The plugin " + plugin + " has no secret of that name",
                    "`mortise secret list " + plugin + "` shows the names");
        }
    }

    private <R> R inTransaction(Access access, Function<? super Transaction, ? extends R> work) {
        return sessions.inTransaction(CallContext.current().tenant(), access, work);
    }
}
