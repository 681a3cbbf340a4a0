package dev.mortise.cli.tenant;

import picocli.CommandLine.Command;

/**
 * Groups what the operator can do with tenants.
 *
 * @since 0.1
 */
@Command(
        name = "tenant",
        description = "Sees and changes the tenants of a running server; needs a key of its operator.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TenantListCommand.class,
            TenantCreateCommand.class,
            TenantStepCommand.Suspend.class,
            TenantStepCommand.Resume.class,
            TenantDeleteCommand.class
        })
public final class TenantCommand {}
