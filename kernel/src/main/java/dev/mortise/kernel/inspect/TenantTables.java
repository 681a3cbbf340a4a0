package dev.mortise.kernel.inspect;

import dev.mortise.kernel.store.MigrationScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a migration's tables from its text. The database itself has the last word: it refuses tables with
 * a tenant_id that are not protected, whatever they look like here.
 */
final class TenantTables {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile(
            "create\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?([\\w.\"]+)\\s*\\((.*?)\\)\\s*(?:partition[^;]*)?;",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTECTION =
            Pattern.compile("call\\s+mortise\\.protect\\(\\s*'([^']+)'", Pattern.CASE_INSENSITIVE);

    private TenantTables() {}

    static List<Finding> inspect(MigrationScript script) {
        String sql = COMMENT.matcher(script.content()).replaceAll(" ");
        List<String> guarded = new ArrayList<>();
        Matcher calls = PROTECTION.matcher(sql);
        while (calls.find()) {
            guarded.add(calls.group(1).toLowerCase(Locale.ROOT));
        }
        List<Finding> findings = new ArrayList<>();
        Matcher tables = TABLE.matcher(sql);
        while (tables.find()) {
            table(script, tables.group(1), tables.group(2), guarded).ifPresent(findings::add);
        }
        return findings;
    }

    private static java.util.Optional<Finding> table(
            MigrationScript script, String name, String columns, List<String> guarded) {
        boolean hasTenant = Pattern.compile("\\btenant_id\\b", Pattern.CASE_INSENSITIVE)
                .matcher(columns)
                .find();
        if (!hasTenant) {
            return java.util.Optional.of(Finding.warning(
                    "migrations",
                    "The table " + name + " in " + script.fileName() + " has no tenant_id: all tenants share its rows",
                    "Begin it with tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(), unless that is meant"));
        }
        return guarded.contains(name.toLowerCase(Locale.ROOT))
                ? java.util.Optional.empty()
                : java.util.Optional.of(Finding.warning(
                        "migrations",
                        "The table " + name + " has a tenant_id, and " + script.fileName() + " does not protect it",
                        "Add CALL mortise.protect('" + name + "'); the server refuses the migration without"));
    }
}
