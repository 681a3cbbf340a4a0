package dev.mortise.cli.backup;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.kernel.backup.Manifest;
import dev.mortise.kernel.backup.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What backup and restore share. */
final class BackupOptions {
    @Option(
            names = "--pass-phrase-file",
            paramLabel = "FILE",
            description = "A file with the pass phrase for the master key (or MORTISE_PASS_PHRASE).")
    private @Nullable Path passPhraseFile;

    @Option(
            names = "--without-keys",
            description =
                    "Leave the master key out. Without it, secrets in the backup can never be opened: keep it apart.")
    private boolean withoutKeys;

    @Option(names = "--quiet", description = "Tell no progress.")
    private boolean quiet;

    boolean withoutKeys() {
        return withoutKeys;
    }

    Optional<String> passPhrase() {
        if (passPhraseFile == null) {
            return Optional.ofNullable(System.getenv("MORTISE_PASS_PHRASE")).filter(text -> !text.isBlank());
        }
        try {
            return Optional.of(Files.readString(passPhraseFile).strip()).filter(text -> !text.isEmpty());
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.pass-phrase-unreadable",
                            "The file " + passPhraseFile + " cannot be read",
                            "Check the path and its owner",
                            null),
                    unreadable);
        }
    }

    /** Returns what writes one line for each part, not among the answer. */
    Progress progress(PrintWriter err) {
        if (quiet) {
            return Progress.NONE;
        }
        return (part, done, of, bytes) ->
                err.println(String.format(Locale.ROOT, "%4d of %d  %s  %,d bytes", done, of, part, bytes));
    }

    static ObjectNode answer(Path file, Manifest manifest) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("file", file.toString());
        answer.put("createdAt", manifest.createdAt().toString());
        answer.put("version", manifest.version());
        answer.put("tables", manifest.tables().size());
        answer.put("rows", rows(manifest));
        answer.put("keys", manifest.keys().name());
        return answer;
    }

    static long rows(Manifest manifest) {
        return manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
    }

    static String aboutKeys(Manifest.Keys keys) {
        return switch (keys) {
            case SEALED -> "the master key is in it, sealed by the pass phrase: keep that apart from the backup";
            case LEFT_OUT -> "the master key is NOT in it: without it, secrets cannot be opened; keep it apart";
            case ELSEWHERE -> "the master key is NOT in it: it comes from the environment; keep it apart";
        };
    }
}
