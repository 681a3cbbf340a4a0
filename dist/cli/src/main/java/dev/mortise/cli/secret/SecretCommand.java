package dev.mortise.cli.secret;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with secrets.
 *
 * @since 0.1
 */
@Command(
        name = "secret",
        description = "Sets, lists and deletes the secrets of plugins, and changes the keys that seal them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SecretSetCommand.class,
            SecretListCommand.class,
            SecretDeleteCommand.class,
            SecretRotateCommand.class
        })
public final class SecretCommand {}
