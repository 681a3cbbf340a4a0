package dev.mortise.cli;

import dev.mortise.cli.audit.AuditCommand;
import dev.mortise.cli.backup.BackupCommand;
import dev.mortise.cli.backup.RestoreCommand;
import dev.mortise.cli.doctor.DoctorCommand;
import dev.mortise.cli.job.JobCommand;
import dev.mortise.cli.key.KeyCommand;
import dev.mortise.cli.node.NodeCommand;
import dev.mortise.cli.optimize.OptimizeCommand;
import dev.mortise.cli.optimize.TrainCommand;
import dev.mortise.cli.plugin.PluginCommand;
import dev.mortise.cli.problem.ProblemPrinter;
import dev.mortise.cli.run.RunCommand;
import dev.mortise.cli.sandbox.SandboxCommand;
import dev.mortise.cli.secret.SecretCommand;
import dev.mortise.cli.server.ServeCommand;
import dev.mortise.cli.settings.SettingsCommand;
import dev.mortise.cli.tenant.TenantCommand;
import dev.mortise.cli.tryout.TryCommand;
import dev.mortise.cli.user.UserCommand;
import dev.mortise.cli.workflow.WorkflowCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root of the command line.
 *
 * @since 0.1
 */
@Command(
        name = "mortise",
        description = "Runs a Mortise server, and speaks to one.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            PluginCommand.class,
            SettingsCommand.class,
            TenantCommand.class,
            NodeCommand.class,
            JobCommand.class,
            UserCommand.class,
            KeyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            WorkflowCommand.class,
            RunCommand.class,
            SandboxCommand.class,
            AuditCommand.class,
            SecretCommand.class,
            DoctorCommand.class,
            OptimizeCommand.class,
            TrainCommand.class,
            TryCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Mortise {
    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, ready to be executed, writing UTF-8 to the process's own streams. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Mortise());
        command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        ProblemPrinter problems = new ProblemPrinter();
        command.setExecutionExceptionHandler(problems);
        command.setParameterExceptionHandler(problems);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodeList());
        return command;
    }

    private static Map<String, String> exitCodeList() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> list.put(" " + code.number(), code.meaning()));
        return list;
    }
}
