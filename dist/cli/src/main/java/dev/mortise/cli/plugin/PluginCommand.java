package dev.mortise.cli.plugin;

import dev.mortise.cli.plugin.check.PluginCheckCommand;
import dev.mortise.cli.plugin.create.PluginNewCommand;
import dev.mortise.cli.plugin.dev.PluginDevCommand;
import dev.mortise.cli.plugin.pack.PluginPackCommand;
import picocli.CommandLine.Command;

/**
 * Groups what can be done with plugins.
 *
 * @since 0.1
 */
@Command(
        name = "plugin",
        description = "Sees and changes the plugins of a running server, and helps to write one.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PluginListCommand.class,
            PluginInstallCommand.class,
            PluginUpdateCommand.class,
            PluginStepCommand.Rollback.class,
            PluginStepCommand.Start.class,
            PluginStepCommand.Stop.class,
            PluginRemoveCommand.class,
            PluginNewCommand.class,
            PluginPackCommand.class,
            PluginCheckCommand.class,
            PluginDevCommand.class
        })
public final class PluginCommand {}
