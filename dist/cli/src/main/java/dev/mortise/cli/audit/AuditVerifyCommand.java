package dev.mortise.cli.audit;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.kernel.audit.ExportCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verifies the hash chain, on a server or in an export. */
@Command(
        name = "verify",
        description = {
            "Verifies that nothing on record was changed, added, taken out or put into another order.",
            "Ends with 1 and names the first broken entry where something was."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "An export as JSON lines, verified without a server; otherwise the server verifies.")
    private @Nullable Path file;

    @Option(
            names = "--trust",
            paramLabel = "FINGERPRINT",
            description = "The server's key, as GET /api/v1/kernel/audit/keys tells it, or this command on a server. "
                    + "Without it an export is believed to name its own keys.")
    private List<String> trusted = List.of();

    @Override
    public Integer call() {
        return (file == null ? onServer() : offline(file)).number();
    }

    private ExitCode onServer() {
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.get("/api/v1/kernel/audit/verification");
            JsonNode keys = client.get("/api/v1/kernel/audit/keys").path("items");
            output.show(answer, () -> {
                List<String> lines = new ArrayList<>();
                if (answer.path("whole").asBoolean()) {
                    lines.add(answer.path("entries").asString() + " entries are whole, the last one is "
                            + answer.path("seq").asString() + " with the hash "
                            + answer.path("hash").asString());
                } else {
                    lines.add("broken at " + answer.path("fault").asString());
                }
                keys.forEach(key ->
                        lines.add("sealed by the key " + key.path("fingerprint").asString()));
                return lines;
            });
            return answer.path("whole").asBoolean() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private ExitCode offline(Path export) {
        ExportCheck.Verdict verdict;
        try (BufferedReader in = Files.newBufferedReader(export)) {
            verdict = new ExportCheck(Set.copyOf(trusted)).verify(in);
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.file-unreadable",
                            "The export " + export + " cannot be read: " + unreadable.getMessage(),
                            "Check the path, and that it is a file of UTF-8 text",
                            null),
                    unreadable);
        }
        output.show(json(verdict), () -> lines(verdict));
        return verdict.fault().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static JsonNode json(ExportCheck.Verdict verdict) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        verdict.tenant().ifPresent(tenant -> answer.put("tenant", tenant.toString()));
        answer.put("whole", verdict.fault().isEmpty())
                .put("complete", verdict.whole())
                .put("entries", verdict.entries())
                .put("seq", verdict.seq());
        verdict.fingerprints().forEach(answer.putArray("keys")::add);
        verdict.fault().ifPresent(fault -> answer.put("line", fault.line()).put("fault", fault.what()));
        return answer;
    }

    private List<String> lines(ExportCheck.Verdict verdict) {
        List<String> lines = new ArrayList<>();
        if (verdict.fault().isPresent()) {
            lines.add("broken in line " + verdict.fault().get().line() + ": "
                    + verdict.fault().get().what());
        } else {
            lines.add(verdict.entries() + " entries are whole, the last one is " + verdict.seq());
        }
        if (!verdict.whole()) {
            lines.add("a search chose them: each was checked, and what lies between them is not known");
        }
        verdict.fingerprints().forEach(key -> lines.add("sealed by the key " + key));
        if (trusted.isEmpty()) {
            lines.add("this key is the file's own; compare it with the server's, or name that with --trust");
        }
        return lines;
    }
}
