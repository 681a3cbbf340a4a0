package dev.mortise.kernel.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the files so far have made: the tables of the file that is read, and the checks that were validated. */
final class Tables {
    private final Set<String> madeHere = new HashSet<>();
    /** Columns that a constraint keeps from being null, by table and constraint. */
    private final Map<String, String> notNullChecks = new HashMap<>();

    private final Set<String> neverNull = new HashSet<>();

    void beginFile() {
        madeHere.clear();
    }

    void made(@Nullable String table) {
        if (table != null) {
            madeHere.add(key(table));
        }
    }

    /** Returns whether nobody else can know the table yet: it was made by the same file. */
    boolean isNew(@Nullable String table) {
        return table != null && madeHere.contains(key(table));
    }

    void addNotNullCheck(String table, String constraint, String column) {
        notNullChecks.put(key(table) + '.' + key(constraint), key(column));
    }

    void validated(String table, String constraint) {
        String column = notNullChecks.get(key(table) + '.' + key(constraint));
        if (column != null) {
            neverNull.add(key(table) + '.' + column);
        }
    }

    boolean isNeverNull(String table, String column) {
        return neverNull.contains(key(table) + '.' + key(column));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
