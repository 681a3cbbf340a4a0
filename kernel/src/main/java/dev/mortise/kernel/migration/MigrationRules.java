package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.MigrationFinding.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses what would hurt while a migration runs or after it ran: the version before still serves (an update rolls
 * through the nodes, and may be rolled back), and others read and write the tables meanwhile.
 *
 * <p>A table that the same file makes is nobody's yet; anything may be done to it. What a file takes away must not be
 * used any more; {@code -- contract: safe since 1.4.0} at its head says so. A file with {@code -- mortise: outside of a
 * transaction} at its head runs statement by statement, as {@code CREATE INDEX CONCURRENTLY} needs it, and so has to be
 * repeatable after a crash in its middle. Functions' bodies are not looked into; the bodies of {@code DO} are.
 *
 * @since 0.1
 */
public final class MigrationRules {
    private static final Set<String> DDL = Set.of("alter", "drop", "create", "lock", "truncate", "execute", "reindex");

    private final Tables tables = new Tables();
    private final List<MigrationFinding> findings = new ArrayList<>();

    private MigrationRules() {}

    /**
     * Checks the migrations of one plugin.
     *
     * @param files all files by name, such as {@code V1__runs.sql}, in any order
     * @return what must be corrected, in the order of the files' versions; empty when nothing
     */
    public static List<MigrationFinding> check(Map<String, String> files) {
        MigrationRules rules = new MigrationRules();
        files.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(versionOrder()))
                .forEach(file -> rules.file(file.getKey(), file.getValue()));
        return List.copyOf(rules.findings);
    }

    /** Returns whether a file asks to be run outside of a transaction. */
    public static boolean isOutsideOfTransaction(String content) {
        return Markers.of(SqlText.parse(content, 1).headComments()).isOutside();
    }

    /** Returns the order in which migrations run: by the numbers of their names, {@code V2} before {@code V10}. */
    public static Comparator<String> versionOrder() {
        return Comparator.comparing(FileVersion::of).thenComparing(Comparator.naturalOrder());
    }

    private void file(String name, String content) {
        tables.beginFile();
        SqlText.Parsed parsed = SqlText.parse(content, 1);
        Markers markers = Markers.of(parsed.headComments());
        Report report = new Report(name, markers, findings);
        markers.unknown()
                .forEach(comment -> report.add(
                        1,
                        Rule.MARKER,
                        "the comment \"-- " + comment + "\" means nothing",
                        "Write -- contract: safe since <version>, or -- mortise: outside of a transaction"));
        for (Statement statement : parsed.statements()) {
            if (statement.begins("do")) {
                block(statement, report);
            } else {
                new StatementRules(tables, report).topLevel(statement);
            }
        }
    }

    private static boolean isChecked(Token token) {
        return token.kind() == Token.Kind.WORD && DDL.contains(token.text());
    }

    /** The statements within a DO stand after words of PL/pgSQL. */
    private void block(Statement block, Report report) {
        for (Token token : block.tokens()) {
            if (token.kind() != Token.Kind.BODY && token.kind() != Token.Kind.STRING) {
                continue;
            }
            for (Statement line : SqlText.parse(token.text(), token.line()).statements()) {
                for (int i = 0; i < line.tokens().size(); i++) {
                    Statement rest = line.from(i);
                    if (rest != null && isChecked(rest.tokens().getFirst())) {
                        new StatementRules(tables, report).withinBlock(rest);
                        break;
                    }
                }
            }
        }
    }
}
