package dev.mortise.cli.backup;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.server.ServerOptions;
import dev.mortise.kernel.backup.Manifest;
import dev.mortise.kernel.backup.ServerBackup;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes a server anew from a backup.
 *
 * @since 0.1
 */
@Command(
        name = "restore",
        description =
                "Makes a server anew from a backup, in an empty data folder or an empty database. It is there as a"
                        + " whole or not at all.")
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final BackupOptions backup = new BackupOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Manifest manifest = new ServerBackup(
                        options.read(),
                        options.environment()::get,
                        backup.progress(spec.commandLine().getErr()))
                .restore(file.toAbsolutePath(), backup.passPhrase(), backup.withoutKeys());
        Path data = options.read().data();
        output.show(
                BackupOptions.answer(file, manifest),
                () -> List.of(
                        "Restored " + manifest.tables().size() + " tables with " + BackupOptions.rows(manifest)
                                + " rows as of " + manifest.createdAt() + ", and verified each",
                        "  data  " + data,
                        "  conf  the configuration of then is in " + data.resolve("restored-mortise.yaml")
                                + ", where there was one; compare it with the one in use",
                        "  next  mortise serve --data " + data));
        return ExitCode.OK.number();
    }
}
