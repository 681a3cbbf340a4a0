/**
 * Durable jobs. What a tenant sees lies in the table {@code mortise.job}; what is to be run lies in
 * {@code mortise.job_queue}, which db-scheduler polls, picks from and beats for. Which jobs are picked is ours (the
 * function {@code mortise.fetch_jobs}): fair between tenants, by priority within one, at most so many of a lane.
 *
 * <pre>{@code
 * JobRoom jobs = new JobRoom(database, registry, node, JobOptions.standard(), meters, traces);
 * jobs.start();
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.job;

import org.jspecify.annotations.NullMarked;
