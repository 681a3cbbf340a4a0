/**
 * Durable work: now, later or by the clock, kept in the database and run on any node. A plugin schedules a
 * {@link dev.mortise.api.job.JobRequest} inside of its own transaction, and offers a
 * {@link dev.mortise.api.job.JobHandler} that does the work. A job runs at least once; work that must take effect
 * exactly once is done in {@link dev.mortise.api.job.JobRun#complete}.
 *
 * <pre>{@code
 * jobs.schedule(JobRequest.of("crm.sync", new Sync(accountId)).oneAtATime("account-" + accountId));
 *
 * @Extension
 * public final class SyncJob implements JobHandler {
 *     public String name() { return "crm.sync"; }
 *     public void run(JobRun run) {
 *         Sync sync = run.payload(context.json(), Sync.class);
 *         Contacts found = crm.fetch(sync.accountId());
 *         run.complete(context.store(), open -> open.mapper(ContactMapper.class).replaceAll(found));
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
