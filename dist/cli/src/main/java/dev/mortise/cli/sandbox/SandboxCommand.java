package dev.mortise.cli.sandbox;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with the sandbox.
 *
 * @since 0.1
 */
@Command(
        name = "sandbox",
        description = "Runs a script in the sandbox of a running server, and shows what holds code of strangers there.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SandboxRunCommand.class, SandboxStatusCommand.class})
public final class SandboxCommand {}
