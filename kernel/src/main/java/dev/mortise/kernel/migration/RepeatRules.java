package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.MigrationFinding.Rule;

/** What a file outside of a transaction must look like: after a crash in its middle it is run from the start again. */
final class RepeatRules {
    private final Report report;

    RepeatRules(Report report) {
        this.report = report;
    }

    void check(Statement statement) {
        if (statement.begins("create")
                && !statement.contains("if", "not", "exists")
                && !statement.begins("create", "or", "replace")) {
            refuse(statement, "CREATE fails", "Write IF NOT EXISTS, or OR REPLACE");
        } else if (statement.begins("drop") && !statement.contains("if", "exists")) {
            refuse(statement, "DROP fails", "Write IF EXISTS");
        } else if (statement.begins("insert") && !statement.contains("on", "conflict")) {
            refuse(statement, "INSERT fails or inserts twice", "Write ON CONFLICT DO NOTHING");
        } else if (statement.begins("alter", "table") && !statement.contains("validate", "constraint")) {
            refuse(
                    statement,
                    "ALTER TABLE may fail",
                    "Put it into a file without the marker; only VALIDATE CONSTRAINT belongs here");
        }
    }

    private void refuse(Statement statement, String what, String remedy) {
        report.add(
                statement.line(),
                Rule.NOT_REPEATABLE,
                what + " when a file outside of a transaction is run again after a crash",
                remedy);
    }
}
