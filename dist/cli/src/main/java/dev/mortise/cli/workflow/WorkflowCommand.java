package dev.mortise.cli.workflow;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with workflows.
 *
 * @since 0.1
 */
@Command(
        name = "workflow",
        description = "Publishes workflows and lists them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {WorkflowListCommand.class, WorkflowPublishCommand.class, WorkflowTemplatesCommand.class})
public final class WorkflowCommand {}
