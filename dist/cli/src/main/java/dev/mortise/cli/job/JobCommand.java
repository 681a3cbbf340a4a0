package dev.mortise.cli.job;

import picocli.CommandLine.Command;

/**
 * Groups what can be done with jobs.
 *
 * @since 0.1
 */
@Command(
        name = "job",
        description = "Sees the jobs of a running server, cancels one, or runs a dead one again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobListCommand.class, JobShowCommand.class, JobReplayCommand.class, JobCancelCommand.class})
public final class JobCommand {}
