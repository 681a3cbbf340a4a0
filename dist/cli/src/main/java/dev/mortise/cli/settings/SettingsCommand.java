package dev.mortise.cli.settings;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with settings.
 *
 * @since 0.1
 */
@Command(
        name = "settings",
        description = "Sees and changes the settings of a plugin of a running server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SettingsGetCommand.class,
            SettingsSetCommand.class,
            SettingsUnsetCommand.class,
            SettingsHistoryCommand.class,
            SettingsUndoCommand.class
        })
public final class SettingsCommand {}
