package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.MigrationFinding.Rule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for one statement; those for the clauses of ALTER TABLE are in {@link AlterRules}. */
final class StatementRules {
    private static final Set<String> TRANSACTION =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");
    private static final Set<String> TAKEN_AWAY =
            Set.of("view", "schema", "sequence", "type", "domain", "function", "procedure", "routine");

    private final Tables tables;
    private final Report report;

    StatementRules(Tables tables, Report report) {
        this.tables = tables;
        this.report = report;
    }

    void topLevel(Statement statement) {
        if (TRANSACTION.contains(statement.tokens().getFirst().text())) {
            report.add(
                    statement.line(),
                    Rule.TRANSACTION,
                    "a migration does not begin or end transactions itself",
                    "Leave that to the server; it runs a file in one transaction, or statement by statement where the"
                            + " file begins with -- mortise: outside of a transaction");
            return;
        }
        if (report.markers().isOutside()) {
            new RepeatRules(report).check(statement);
        }
        check(statement);
    }

    /** Checks a statement within a DO, from its own first word on. */
    void withinBlock(Statement statement) {
        if (statement.begins("execute") && !report.markers().isContract()) {
            report.add(
                    statement.line(),
                    Rule.DYNAMIC,
                    "EXECUTE runs text that cannot be checked before",
                    "Write the statements out; or begin the file with -- contract: safe since <version>");
            return;
        }
        check(statement);
    }

    private void check(Statement statement) {
        switch (statement.tokens().getFirst().text()) {
            case "create" -> create(statement);
            case "drop" -> drop(statement);
            case "alter" -> alter(statement);
            case "truncate" -> truncate(statement);
            case "lock" ->
                report.add(
                        statement.line(),
                        Rule.EXPLICIT_LOCK,
                        "LOCK keeps everybody else waiting until the migration ends",
                        "Leave it out: each statement takes the lock that it needs, and the server tries again when it"
                                + " does not get it within seconds");
            case "reindex" -> rewrites(statement, !statement.contains("concurrently"), "REINDEX");
            case "cluster" -> rewrites(statement, true, "CLUSTER");
            case "vacuum" -> rewrites(statement, statement.contains("full"), "VACUUM FULL");
            default -> {
                // Everything else reads or writes rows, or makes something new.
            }
        }
    }

    private void create(Statement statement) {
        int index = indexAt(statement);
        if (index > 0) {
            createIndex(statement, index);
            return;
        }
        int at = statement.indexOf("table");
        if (at > 0 && at <= 3) {
            tables.made(statement.name(statement.skip(at + 1, "if", "not", "exists")));
        }
        int view = statement.indexOf("materialized", "view");
        if (view == 1) {
            tables.made(statement.name(statement.skip(view + 2, "if", "not", "exists")));
        }
    }

    /** Returns the position after CREATE [UNIQUE] INDEX, or 0. */
    private static int indexAt(Statement statement) {
        int at = statement.skip(1, "unique");
        return statement.has(at, "index") ? at + 1 : 0;
    }

    private void createIndex(Statement statement, int at) {
        boolean concurrent = statement.has(at, "concurrently");
        int on = statement.indexOf("on");
        String table = on < 0 ? null : statement.name(statement.skip(on + 1, "only"));
        if (concurrent && !report.markers().isOutside()) {
            report.add(
                    statement.line(),
                    Rule.TRANSACTION,
                    "CREATE INDEX CONCURRENTLY cannot run in a transaction",
                    "Put it into a file of its own that begins with -- mortise: outside of a transaction");
        } else if (!concurrent && !tables.isNew(table)) {
            report.add(
                    statement.line(),
                    Rule.LONG_LOCK,
                    "CREATE INDEX keeps writers of " + shown(table) + " waiting until the index is built",
                    "Write CREATE INDEX CONCURRENTLY IF NOT EXISTS in a file that begins with"
                            + " -- mortise: outside of a transaction");
        }
    }

    private void drop(Statement statement) {
        if (statement.begins("drop", "table")) {
            for (Statement table : statement.parts(statement.skip(2, "if", "exists"))) {
                String name = table.name(0);
                if (!tables.isNew(name)) {
                    report.takesAway(statement.line(), "DROP TABLE takes away " + shown(name));
                }
            }
        } else if (statement.begins("drop", "materialized", "view")
                || (statement.tokens().size() > 1
                        && TAKEN_AWAY.contains(statement.tokens().get(1).text()))) {
            report.takesAway(
                    statement.line(),
                    "DROP takes away " + shown(statement.tokens().getLast().text()));
        } else if (statement.begins("drop", "index", "concurrently")
                && !report.markers().isOutside()) {
            report.add(
                    statement.line(),
                    Rule.TRANSACTION,
                    "DROP INDEX CONCURRENTLY cannot run in a transaction",
                    "Put it into a file of its own that begins with -- mortise: outside of a transaction");
        }
    }

    private void alter(Statement statement) {
        if (statement.begins("alter", "table")) {
            new AlterRules(tables, report).check(statement);
        } else if (statement.contains("rename")
                && (statement.begins("alter", "type")
                        || statement.begins("alter", "view")
                        || statement.begins("alter", "materialized")
                        || statement.begins("alter", "sequence")
                        || statement.begins("alter", "function"))) {
            report.takesAway(statement.line(), "RENAME takes a name away");
        }
    }

    private void truncate(Statement statement) {
        String table = statement.name(statement.skip(statement.skip(1, "table"), "only"));
        if (!tables.isNew(table)) {
            report.takesAway(statement.line(), "TRUNCATE takes away the rows of " + shown(table));
        }
    }

    private void rewrites(Statement statement, boolean does, String what) {
        if (does) {
            report.add(
                    statement.line(),
                    Rule.LONG_LOCK,
                    what + " keeps everybody else out until it is done",
                    "Leave it to the operator, or use its CONCURRENTLY form where it has one");
        }
    }

    static String shown(@Nullable String name) {
        return name == null ? "something" : name;
    }
}
