package dev.mortise.cli.plugin;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with plugins.
 *
 * @since 0.1
 */
@Command(
        name = "plugin",
        description = "Sees and changes the plugins of a running server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PluginListCommand.class,
            PluginInstallCommand.class,
            PluginUpdateCommand.class,
            PluginStepCommand.Rollback.class,
            PluginStepCommand.Start.class,
            PluginStepCommand.Stop.class,
            PluginRemoveCommand.class
        })
public final class PluginCommand {}
