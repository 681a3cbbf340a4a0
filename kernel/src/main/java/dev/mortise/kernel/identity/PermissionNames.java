package dev.mortise.kernel.identity;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How permissions are written: lower-case words with dots between them, a star for the rest, or a star alone. */
final class PermissionNames {
    private static final int MOST = 500;
    private static final int LONGEST = 150;
    private static final Pattern NAME = Pattern.compile("\\*|[a-z][a-z0-9-]*+(\\.[a-z0-9][a-z0-9-]*+)*+(\\.\\*)?");

    private PermissionNames() {}

    /**
     * Returns the names, sorted.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code api.input-invalid}
     */
    static Set<String> require(@Nullable Set<String> names) {
        if (names == null || names.isEmpty() || names.size() > MOST) {
            throw PlainText.invalid(
                    "\"permissions\" has not from 1 to " + MOST + " names",
                    "GET /api/v1/kernel/permissions lists those there are");
        }
        for (@Nullable String name : names) {
            if (name == null || name.length() > LONGEST || !NAME.matcher(name).matches()) {
                throw PlainText.invalid(
                        "\"permissions\" has an entry that is no permission's name",
                        "Send names such as automatrix.runs.read, automatrix.* or *");
            }
        }
        return new TreeSet<>(names);
    }
}
