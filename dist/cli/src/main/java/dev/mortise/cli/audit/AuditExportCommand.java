package dev.mortise.cli.audit;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports entries, the oldest first. */
@Command(
        name = "export",
        description =
                "Exports the record, or what a search finds in it; all of it as JSON lines can be verified offline.")
final class AuditExportCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    enum Format {
        JSONL,
        CSV
    }

    @Option(names = "--format", defaultValue = "jsonl", description = "jsonl or csv (${DEFAULT-VALUE}).")
    private Format format = Format.JSONL;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file, there when it is complete.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        String path =
                "/api/v1/kernel/audit/export?" + filter.query(Map.of("format", format == Format.CSV ? "csv" : "jsonl"));
        try (ServerClient client = server.connect()) {
            if (file == null) {
                client.download(path, new PrintedStream(output.out()));
                output.out().flush();
            } else {
                toFile(client, path, file);
            }
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.file-not-writable",
                            "The file " + file + " cannot be written: " + e.getMessage(),
                            "Choose another with --out",
                            null),
                    e);
        }
        return ExitCode.OK.number();
    }

    private static void toFile(ServerClient client, String path, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                client.download(path, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
