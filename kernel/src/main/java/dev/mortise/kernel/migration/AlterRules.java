package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.MigrationFinding.Rule;
import java.util.Set;

/** The rules for ALTER TABLE. Which of its forms scan or rewrite is said by PostgreSQL's manual, "ALTER TABLE". */
final class AlterRules {
    /** Functions whose value is the same for all rows of one statement: a default of them is stored once. */
    private static final Set<String> STABLE = Set.of(
            "now",
            "current_tenant",
            "current_setting",
            "coalesce",
            "statement_timestamp",
            "transaction_timestamp",
            "make_interval",
            "jsonb_build_object",
            "jsonb_build_array",
            "to_jsonb",
            "lower",
            "upper",
            "numeric",
            "varchar",
            "char",
            "decimal",
            "timestamp",
            "timestamptz",
            "time",
            "interval",
            "bit");

    private static final Set<String> NUMBERED =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");
    private static final Set<String> CONSTRAINTS =
            Set.of("constraint", "check", "unique", "primary", "foreign", "exclude", "not");

    private final Tables tables;
    private final Report report;

    AlterRules(Tables tables, Report report) {
        this.tables = tables;
        this.report = report;
    }

    void check(Statement statement) {
        int at = statement.skip(statement.skip(2, "if", "exists"), "only");
        String table = statement.name(at);
        if (table == null) {
            return;
        }
        int actions = statement.skip(statement.afterName(at), "*");
        for (Statement action : statement.parts(actions)) {
            remember(table, action);
            if (!tables.isNew(table)) {
                action(table, action);
            }
        }
    }

    private void action(String table, Statement action) {
        switch (action.tokens().getFirst().text()) {
            case "drop" -> drop(table, action);
            case "rename" -> rename(table, action);
            case "alter" -> alterColumn(table, action);
            case "add" -> add(table, action);
            case "set" -> set(table, action);
            default -> {
                // The other forms change what is kept in the catalogue, in no time.
            }
        }
    }

    private void drop(String table, Statement action) {
        if (!action.has(1, "constraint")) {
            String column = action.name(action.skip(action.skip(1, "column"), "if", "exists"));
            report.takesAway(action.line(), "DROP COLUMN takes away " + StatementRules.shown(column) + " of " + table);
        }
    }

    private void rename(String table, Statement action) {
        if (action.has(1, "to")) {
            report.takesAway(action.line(), "RENAME takes the name " + table + " away");
        } else if (!action.has(1, "constraint")) {
            String column = action.name(action.skip(1, "column"));
            report.takesAway(
                    action.line(),
                    "RENAME takes the name " + StatementRules.shown(column) + " of a column of " + table + " away");
        }
    }

    private void set(String table, Statement action) {
        if (action.has(1, "schema")) {
            report.takesAway(action.line(), "SET SCHEMA takes " + table + " away");
        } else if (action.has(1, "logged")
                || action.has(1, "unlogged")
                || action.has(1, "tablespace")
                || action.has(1, "access")) {
            longLock(action, "SET rewrites " + table, "Make a new table beside it and fill that");
        }
    }

    private void alterColumn(String table, Statement action) {
        int at = action.skip(1, "column");
        String column = StatementRules.shown(action.name(at));
        if (action.has(at + 1, "type") || action.has(at + 1, "set", "data", "type")) {
            longLock(
                    action,
                    "ALTER COLUMN TYPE rewrites " + table + ", and the version before reads " + column
                            + " as another type",
                    "Add a column of the new type, write both, fill the rows that are there, and drop the old one in a"
                            + " later version");
        } else if (action.has(at + 1, "set", "not", "null") && !tables.isNeverNull(table, column)) {
            longLock(
                    action,
                    "SET NOT NULL reads all of " + table + " while nobody can use it",
                    "First ADD CONSTRAINT <name> CHECK (" + column + " IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT"
                            + " <name> in another file, then SET NOT NULL");
        }
    }

    private void add(String table, Statement action) {
        if (action.tokens().size() > 1
                && CONSTRAINTS.contains(action.tokens().get(1).text())
                && action.tokens().get(1).kind() == Token.Kind.WORD) {
            addConstraint(table, action);
        } else {
            addColumn(table, action);
        }
    }

    private void addConstraint(String table, Statement action) {
        if (action.contains("using", "index") || action.contains("not", "valid")) {
            return;
        }
        if (action.contains("unique") || action.contains("primary", "key") || action.contains("exclude")) {
            longLock(
                    action,
                    "a constraint that makes an index keeps writers of " + table + " waiting until it is built",
                    "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … USING INDEX");
        } else {
            longLock(
                    action,
                    "ADD CONSTRAINT reads all of " + table + " while writers wait",
                    "Add it NOT VALID, and VALIDATE CONSTRAINT in another file");
        }
    }

    private void addColumn(String table, Statement action) {
        int at = action.skip(action.skip(1, "column"), "if", "not", "exists");
        String column = StatementRules.shown(action.name(at));
        boolean isNumbered = action.tokens().stream().anyMatch(token -> NUMBERED.contains(token.text()))
                || action.contains("as", "identity")
                || action.contains("stored");
        if (isNumbered || hasVolatileDefault(action)) {
            longLock(
                    action,
                    "ADD COLUMN " + column + " with a value that differs by row rewrites " + table,
                    "Add it without a default, then ALTER COLUMN … SET DEFAULT for new rows, and fill the others in"
                            + " batches");
        } else if (action.contains("not", "null") && !action.contains("default")) {
            report.add(
                    action.line(),
                    Rule.UNFILLED_COLUMN,
                    "ADD COLUMN " + column + " NOT NULL has no value for the rows that are there, nor for those that"
                            + " the version before adds",
                    "Give it a DEFAULT, or let it be null");
        }
        if (action.contains("unique") || action.contains("primary", "key")) {
            longLock(
                    action,
                    "a unique column makes an index while writers of " + table + " wait",
                    "Add the column alone, then CREATE UNIQUE INDEX CONCURRENTLY");
        }
    }

    private static boolean hasVolatileDefault(Statement action) {
        int from = action.indexOf("default");
        if (from < 0) {
            return false;
        }
        int to = action.indexOf("check");
        for (int i = from + 1; i < (to > from ? to : action.tokens().size()) - 1; i++) {
            Token token = action.tokens().get(i);
            if (token.isName() && action.has(i + 1, "(") && !STABLE.contains(token.text())) {
                return true;
            }
        }
        return false;
    }

    /** Notes the checks that make SET NOT NULL quick: a valid one spares PostgreSQL the scan. */
    private void remember(String table, Statement action) {
        if (action.begins("validate", "constraint")) {
            tables.validated(table, StatementRules.shown(action.name(2)));
        } else if (action.begins("add", "constraint")) {
            rememberCheck(table, StatementRules.shown(action.name(2)), action);
        }
    }

    private void rememberCheck(String table, String constraint, Statement action) {
        boolean isCheck = action.has(3, "check", "(") && action.has(6, "is", "not", "null", ")");
        if (isCheck || action.has(3, "not", "null")) {
            tables.addNotNullCheck(table, constraint, StatementRules.shown(action.name(5)));
        }
        if (!action.contains("not", "valid")) {
            tables.validated(table, constraint);
        }
    }

    private void longLock(Statement action, String message, String remedy) {
        report.add(action.line(), Rule.LONG_LOCK, message, remedy);
    }
}
