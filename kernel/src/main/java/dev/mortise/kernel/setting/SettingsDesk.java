package dev.mortise.kernel.setting;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.IfMatch;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.core.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows and changes settings. A change is kept only if the plugin that runs takes it. */
final class SettingsDesk {
    private static final String REMEDY =
            "Correct the values; GET …/settings/schema, or the plugin's README, shows what is known";

    private final OpenSettings open;
    private final CurrentDocuments current;
    private final SettingStore store;

    SettingsDesk(OpenSettings open, CurrentDocuments current, SettingStore store) {
        this.open = open;
        this.current = current;
        this.store = store;
    }

    ObjectNode schema(String plugin) {
        return schema(open.declaration(plugin));
    }

    SettingsView show(Scope scope, String plugin) {
        Declaration declaration = open.declaration(plugin);
        // From the database: whoever changes by If-Match must see what holds on every node.
        Document document = store.before(scope, plugin, Long.MAX_VALUE, 1).stream()
                .findFirst()
                .orElse(Document.NONE);
        return view(scope, declaration, document);
    }

    /** Returns versions before one, the newest first. */
    List<SettingsVersion> history(Scope scope, String plugin, long before, int limit) {
        DeclaredSchema schema = schemaOf(open.declaration(plugin));
        return store.before(scope, plugin, before, limit).stream()
                .map(document -> SettingsVersion.of(schema, document))
                .toList();
    }

    /** Replaces everything that was set. */
    SettingsView replace(Scope scope, String plugin, IfMatch ifMatch, JsonNode values) {
        return change(scope, plugin, ifMatch, _ -> new SettingStore.Draft(object(values), null));
    }

    /** Changes single values (RFC 7396): null takes one back. */
    SettingsView patch(Scope scope, String plugin, @Nullable IfMatch ifMatch, JsonNode patch) {
        return change(
                scope,
                plugin,
                ifMatch,
                now -> new SettingStore.Draft(MergePatch.apply(now.values(), object(patch)), null));
    }

    /** Brings back what was set in an older version; 0 for nothing. */
    SettingsView restore(Scope scope, String plugin, @Nullable IfMatch ifMatch, long version) {
        return change(
                scope,
                plugin,
                ifMatch,
                _ -> new SettingStore.Draft(version(scope, plugin, version).values(), version));
    }

    private Document version(Scope scope, String plugin, long version) {
        if (version == 0) {
            return Document.NONE;
        }
        return (version < 0 ? List.<Document>of() : store.before(scope, plugin, version + 1, 1))
                .stream()
                        .filter(document -> document.version() == version)
                        .findFirst()
                        .orElseThrow(() -> new MortiseException(
                                KernelError.SETTINGS_VERSION_UNKNOWN,
                                "The settings of " + plugin + " have no version " + version,
                                "GET …/settings/history lists the versions; the newest " + SettingStore.KEPT_VERSIONS
                                        + " are kept"));
    }

    private SettingsView change(
            Scope scope,
            String plugin,
            @Nullable IfMatch ifMatch,
            Function<? super Document, SettingStore.Draft> change) {
        Declaration declaration = open.declaration(plugin);
        Document next = store.change(scope, plugin, now -> {
            if (ifMatch != null) {
                ifMatch.check(tag(now.version()));
            }
            SettingStore.Draft draft = change.apply(now);
            check(scope, declaration, now, draft.values());
            return draft;
        });
        current.changed(scope.payload());
        return view(scope, declaration, next);
    }

    static EntityTag tag(long version) {
        return new EntityTag(String.valueOf(version));
    }

    private void check(Scope scope, Declaration declaration, Document now, ObjectNode values) {
        List<Fault> faults = new ArrayList<>(faults(scope, declaration, values));
        if (!faults.isEmpty() && !now.isEmpty()) {
            // What an older version of the plugin took and this one does not is reported, and keeps nobody from the
            // rest.
            List<Fault> before = faults(scope, declaration, now.values());
            faults.removeIf(fault ->
                    before.contains(fault) && now.values().at(fault.path()).equals(values.at(fault.path())));
        }
        if (!faults.isEmpty()) {
            throw invalid(declaration, Fault.line(faults));
        }
        Effective effective = effective(scope, declaration, values);
        misfit(scope, declaration, effective).ifPresent(what -> {
            throw invalid(declaration, what);
        });
    }

    private Optional<String> misfit(Scope scope, Declaration declaration, Effective effective) {
        DeclaredSchema schema = schemaOf(declaration);
        return open.newest(declaration.plugin())
                .flatMap(load -> load.misfit(schema, effective, scope.isTenant() ? tenant() : null));
    }

    private List<Fault> faults(Scope scope, Declaration declaration, ObjectNode values) {
        List<Fault> unfit = ValueLimits.faults(values);
        if (!unfit.isEmpty()) {
            return unfit;
        }
        DeclaredSchema schema = schemaOf(declaration);
        List<Fault> faults = new ArrayList<>();
        if (scope.isTenant()) {
            values.propertyNames().stream()
                    .filter(name -> !schema.isForTenants(name))
                    .forEach(name -> faults.add(Effective.notForTenants(name)));
        }
        if (faults.isEmpty()) {
            faults.addAll(Effective.added(schema, below(scope, declaration, schema), values));
            faults.addAll(SecretReferences.faults(schema, values));
        }
        return faults;
    }

    private ObjectNode below(Scope scope, Declaration declaration, DeclaredSchema schema) {
        ObjectNode file = declaration.fileObject();
        return scope.isTenant()
                ? Effective.of(file, schema, current.ofServer(declaration.plugin()), Document.NONE)
                        .values()
                : file;
    }

    private Effective effective(Scope scope, Declaration declaration, ObjectNode values) {
        Document document = new Document(1, values, null, "", null);
        return scope.isTenant()
                ? effective(declaration, current.ofServer(declaration.plugin()), document)
                : effective(declaration, document, Document.NONE);
    }

    private static Effective effective(Declaration declaration, Document server, Document own) {
        return Effective.of(declaration.fileObject(), schemaOf(declaration), server, own);
    }

    private SettingsView view(Scope scope, Declaration declaration, Document document) {
        Effective effective = effective(scope, declaration, document.values());
        List<SettingsView.Problem> problems = new ArrayList<>(
                effective.problems().stream().map(SettingsView.Problem::of).toList());
        if (!effective.sources().isEmpty()) {
            misfit(scope, declaration, effective)
                    .ifPresent(what -> problems.add(new SettingsView.Problem("", scope.word(), what)));
        }
        return SettingsView.of(declaration.plugin(), schemaOf(declaration), document, effective, problems);
    }

    private static ObjectNode schema(Declaration declaration) {
        return schemaOf(declaration).node();
    }

    private static DeclaredSchema schemaOf(Declaration declaration) {
        return declaration.schema().orElseThrow();
    }

    private static TenantId tenant() {
        return CallContext.current().tenant();
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw new MortiseException(
                ApiError.SETTINGS_INVALID,
                "The body is no JSON object",
                "Send the settings as an object, such as {\"name\": \"value\"}");
    }

    private static MortiseException invalid(Declaration declaration, String what) {
        return new MortiseException(
                ApiError.SETTINGS_INVALID, "The settings of " + declaration.plugin() + ": " + what, REMEDY);
    }
}
