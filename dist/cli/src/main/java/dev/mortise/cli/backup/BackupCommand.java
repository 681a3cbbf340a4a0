package dev.mortise.cli.backup;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Version;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.server.ServerOptions;
import dev.mortise.kernel.backup.Manifest;
import dev.mortise.kernel.backup.ServerBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Backs a server up.
 *
 * @since 0.1
 */
@Command(
        name = "backup",
        description = "Writes one file with everything that the server needs to be made again: database, plugins,"
                + " configuration, keys. The server may run meanwhile.",
        footer = {
            "",
            "Whoever has the file has all data in it: keep it as you keep the server. The configuration in it may hold"
                    + " passwords."
        })
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final BackupOptions backup = new BackupOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The backup to write.")
    private Path file = Path.of("");

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath();
        if (Files.exists(target) && !force) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.file-exists",
                    "The file " + target + " is there already",
                    "Choose another name, or use --force");
        }
        Manifest manifest = new ServerBackup(
                        options.read(),
                        options.environment()::get,
                        backup.progress(spec.commandLine().getErr()))
                .backup(target, Version.current(), options.file(), backup.passPhrase(), backup.withoutKeys());
        output.show(
                BackupOptions.answer(target, manifest),
                () -> List.of(
                        "Backed up " + manifest.tables().size() + " tables with " + BackupOptions.rows(manifest)
                                + " rows to " + target + ", and verified it",
                        "  keys  " + BackupOptions.aboutKeys(manifest.keys())));
        return ExitCode.OK.number();
    }
}
