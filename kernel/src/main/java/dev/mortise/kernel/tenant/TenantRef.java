package dev.mortise.kernel.tenant;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What names a tenant in a path: its id or its name. No name looks like an id.
 *
 * @param id its id, null where the name was given
 * @param name its name, null where the id was given
 */
public record TenantRef(@Nullable UUID id, @Nullable String name) {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Reads an id or a name; what is neither names no tenant. */
    public static TenantRef parse(String text) {
        return ID.matcher(text).matches() ? new TenantRef(UUID.fromString(text), null) : new TenantRef(null, text);
    }

    /**
     * Checks a name that a tenant is to have: 1 to 63 lower-case letters, digits and hyphens, so that it can stand in a
     * host name (RFC 1123, section 2.1) one day.
     *
     * @throws MortiseException with {@code api.input-invalid}
     */
    public static String checkedName(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches() || ID.matcher(name).matches()) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The tenant's \"name\" is missing, or has other characters than a name may have",
                    "Use 1 to 63 lower-case letters, digits and hyphens, and begin and end with a letter or digit");
        }
        return name;
    }

    @Override
    public String toString() {
        return id == null ? String.valueOf(name) : id.toString();
    }
}
