package dev.mortise.kernel.setting;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.config.RecordBinding;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes records of one load of a plugin out of values. */
final class SettingsBinding {
    private static final String REMEDY =
            "Correct the value where it stands; the plugin's README and `mortise settings get` show what is known";

    private final RecordBinding records;
    private final ClassLoader loader;
    private final SecretSource secrets;

    /** @param loader the plugin's, because its records' constructors are its code */
    SettingsBinding(JsonMapper json, ClassLoader loader, SecretSource secrets) {
        this.records = new RecordBinding(json, ApiError.SETTINGS_INVALID, REMEDY);
        this.loader = loader;
        this.secrets = secrets;
    }

    /**
     * Binds the file's values alone.
     *
     * @throws MortiseException with {@code api.settings-invalid}, naming file, line and path
     */
    <T extends Record> T bindFile(Declaration declaration, Class<T> type) {
        JsonNode values = declaration.fileValues();
        if (values.isEmpty() && values.isObject()) {
            return in(() -> records.bind(values, declaration::place, type));
        }
        // First the record, whose messages know the type better than a schema does.
        T plain = in(() -> records.bind(values, declaration::place, type));
        DeclaredSchema schema = declaration.schema().orElseThrow();
        List<Fault> faults = schema.faultsInFile(values);
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            throw new MortiseException(
                    ApiError.SETTINGS_INVALID,
                    declaration.place(first.path()) + ": " + dotted(first.path()) + ": " + first.message(),
                    REMEDY);
        }
        JsonNode resolved = resolved(declaration, schema, values, null);
        return resolved.equals(values) ? plain : in(() -> records.bind(resolved, declaration::place, type));
    }

    /**
     * Binds values of all layers.
     *
     * @throws MortiseException with {@code api.settings-invalid}, naming path and layer
     */
    <T extends Record> T bind(
            Declaration declaration,
            DeclaredSchema schema,
            Effective effective,
            @Nullable TenantId tenant,
            Class<T> type) {
        JsonNode values = resolved(declaration, schema, effective.values(), tenant);
        return in(() -> records.bind(values, pointer -> place(declaration, effective, pointer), type));
    }

    private static String place(Declaration declaration, Effective effective, String pointer) {
        String property = new Fault(pointer, "", "").property();
        return switch (effective.sources().getOrDefault(property, Effective.Source.SERVER)) {
            case FILE -> declaration.place(pointer);
            case SERVER -> "Set for the server";
            case TENANT -> "Set for the tenant";
        };
    }

    private JsonNode resolved(
            Declaration declaration, DeclaredSchema schema, JsonNode values, @Nullable TenantId tenant) {
        return SecretReferences.resolved(
                schema,
                values,
                name -> secrets.find(declaration.plugin(), tenant, name)
                        .orElseThrow(() -> SecretReferences.missing(declaration.plugin(), name)));
    }

    private static String dotted(String pointer) {
        return pointer.isEmpty()
                ? "the content"
                : JsonPointer.compile(pointer).toString().substring(1).replace('/', '.');
    }

    private <T> T in(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
