package dev.mortise.cli.key;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with API keys.
 *
 * @since 0.1
 */
@Command(
        name = "key",
        description = "Makes, lists, rotates and revokes API keys of the tenant.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyCreateCommand.class, KeyListCommand.class, KeyRotateCommand.class, KeyRevokeCommand.class})
public final class KeyCommand {}
