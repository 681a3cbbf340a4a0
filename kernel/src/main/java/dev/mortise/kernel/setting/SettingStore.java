package dev.mortise.kernel.setting;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Documents in the database. Each change is one transaction with its audit entry and its announcement. */
final class SettingStore {
    /** How many versions of one document are kept. */
    static final int KEPT_VERSIONS = 500;

    private final SchemaSessions sessions;
    private final Audit audit;

    SettingStore(SchemaSessions sessions, Audit audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * What a change makes of a document.
     *
     * @param restored as in {@link Document}
     */
    record Draft(ObjectNode values, @Nullable Long restored) {}

    /** Returns what holds for the whole server, by plugin. */
    Map<String, Document> ofServer() {
        return byPlugin(sessions.inOwnTransaction(
                null, Access.READ, open -> open.mapper(SettingMapper.class).newest(false)));
    }

    /**
     * Returns what a tenant has set, by plugin. Takes a connection of its own: the caller may be in the middle of a
     * plugin's transaction.
     */
    Map<String, Document> of(TenantId tenant) {
        return byPlugin(sessions.inOwnTransaction(
                tenant, Access.READ, open -> open.mapper(SettingMapper.class).newest(true)));
    }

    private static Map<String, Document> byPlugin(List<SettingMapper.Row> rows) {
        return rows.stream().collect(Collectors.toUnmodifiableMap(SettingMapper.Row::plugin, Document::of));
    }

    /** Returns the tenants whose settings were changed in the last minutes. */
    List<TenantId> changedLately() {
        return sessions
                .inOwnTransaction(
                        null,
                        Access.READ,
                        open -> open.mapper(SettingMapper.class).tenantsWithNewSettings())
                .stream()
                .map(TenantId::new)
                .toList();
    }

    /** Returns versions before one, the newest first. */
    List<Document> before(Scope scope, String plugin, long before, int limit) {
        return sessions
                .inTransaction(
                        CallContext.current().tenant(),
                        Access.READ,
                        open -> open.mapper(SettingMapper.class).before(scope.isTenant(), plugin, before, limit))
                .stream()
                .map(Document::of)
                .toList();
    }

    /**
     * Changes a document; whoever changes the same one at the same time waits. Values that are the same as before make
     * no new version.
     *
     * @return what holds now
     */
    Document change(Scope scope, String plugin, Function<? super Document, Draft> change) {
        CallContext context = CallContext.current();
        return sessions.inTransaction(context.tenant(), Access.WRITE, open -> {
            SettingMapper mapper = open.mapper(SettingMapper.class);
            mapper.lock("mortise settings " + scope.payload() + " " + plugin);
            Document now = newest(mapper, scope, plugin);
            Draft draft = change.apply(now);
            if (draft.values().equals(now.values())) {
                return now;
            }
            mapper.insert(scope.isTenant(), row(plugin, now.version() + 1, draft, context.principal()));
            mapper.prune(scope.isTenant(), plugin, now.version() + 1 - KEPT_VERSIONS);
            Document next = newest(mapper, scope, plugin);
            audit.record(entry(scope, plugin, now, next));
            mapper.announce(scope.payload());
            return next;
        });
    }

    private static Document newest(SettingMapper mapper, Scope scope, String plugin) {
        return mapper.before(scope.isTenant(), plugin, Long.MAX_VALUE, 1).stream()
                .findFirst()
                .map(Document::of)
                .orElse(Document.NONE);
    }

    private static SettingMapper.Row row(String plugin, long version, Draft draft, Principal actor) {
        return new SettingMapper.Row(
                plugin, version, draft.values(), null, actor.kind().name(), actor.id(), draft.restored());
    }

    /** Names what was changed and never the values, which the versions themselves keep. */
    private static AuditEntry entry(Scope scope, String plugin, Document before, Document after) {
        Set<String> names = new TreeSet<>(before.values().propertyNames());
        names.addAll(after.values().propertyNames());
        names.removeIf(
                name -> Objects.equals(before.values().get(name), after.values().get(name)));
        String action = after.restored() == null ? "kernel.settings.changed" : "kernel.settings.restored";
        AuditEntry entry = AuditEntry.done(action, "plugins/" + plugin + "/settings")
                .with("for", scope.word())
                .with("version", String.valueOf(after.version()))
                .with("changed", String.join(", ", names));
        return after.restored() == null ? entry : entry.with("restored", String.valueOf(after.restored()));
    }
}
