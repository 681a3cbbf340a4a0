package dev.mortise.kernel.secret;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.secret.SecretValue;
import dev.mortise.api.secret.Secrets;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.redact.KnownSecrets;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.store.SchemaSessions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of plugins, wired.
 *
 * @since 0.1
 */
public final class SecretRoom implements AutoCloseable {
    private final SchemaSessions sessions;
    private final SecretStore store;
    private final Resealer resealer;
    private final KeyRing keys;
    private final Audit audit;
    private final KnownSecrets known;

    private SecretRoom(Database database, KeyRing keys, Audit audit) {
        this.sessions = database.kernel();
        this.keys = keys;
        this.audit = audit;
        this.known = KnownSecrets.install();
        this.store = new SecretStore(keys, audit, known);
        this.resealer = new Resealer(sessions, store);
    }

    /** Opens the room and starts what puts secrets under new keys. */
    public static SecretRoom open(Database database, KeyRing keys, Audit audit) {
        SecretRoom room = new SecretRoom(database, keys, audit);
        room.resealer.start();
        return room;
    }

    /** Returns the secrets of one plugin. */
    public Secrets secrets(PluginStore pluginStore, String plugin) {
        return new PluginSecrets(store, pluginStore, plugin);
    }

    /** Returns a secret of a plugin as text, for settings that name it. */
    public Optional<String> find(String plugin, TenantId tenant, String name) {
        CallContext system =
                new CallContext(tenant, new Principal("kernel", Principal.Kind.SYSTEM, Set.of()), TraceIds.random());
        return system.call(() -> sessions.<Optional<String>>inOwnTransaction(
                tenant, Access.READ, open -> store.find(open, plugin, name).map(SecretValue::text)));
    }

    /**
     * Returns what serves the secrets and the keys.
     *
     * @param operator the tenant of those who run the server
     */
    public List<HttpResource> resources(TenantId operator) {
        return List.of(new SecretResource(sessions, store), new KeyResource(keys, resealer, audit, operator));
    }

    @Override
    public void close() {
        resealer.close();
        known.uninstall();
    }
}
