package dev.mortise.cli.audit;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with the audit record.
 *
 * @since 0.1
 */
@Command(
        name = "audit",
        description = "Reads, exports and verifies the record of who did what.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditListCommand.class, AuditExportCommand.class, AuditVerifyCommand.class})
public final class AuditCommand {}
