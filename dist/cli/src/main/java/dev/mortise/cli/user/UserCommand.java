package dev.mortise.cli.user;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with people.
 *
 * @since 0.1
 */
@Command(
        name = "user",
        description = "Sees the people of the key's tenant, invites them and takes their access away.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {UserListCommand.class, UserInviteCommand.class, UserDisableCommand.class})
public final class UserCommand {}
