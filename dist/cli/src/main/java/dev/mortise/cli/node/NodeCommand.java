package dev.mortise.cli.node;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with nodes.
 *
 * @since 0.1
 */
@Command(
        name = "node",
        description = "Sees the nodes of a running server and takes one out of service.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {NodeListCommand.class, NodeDrainCommand.class})
public final class NodeCommand {}
