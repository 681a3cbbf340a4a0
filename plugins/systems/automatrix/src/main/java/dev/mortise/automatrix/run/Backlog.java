package dev.mortise.automatrix.run;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant's runs wait for at this moment.
 *
 * @param queued runs in the queue; counted up to 10,000
 * @param due whether a waiting run's time has come
 * @param owners the engines that own runs, separated by commas; null when there are none
 * @param own the runs of the asking engine, separated by commas; null when there are none
 * @param missing the node types that runs wait for, separated by commas; null when there are none
 */
public record Backlog(
        int queued,
        boolean due,
        @Nullable String owners,
        @Nullable String own,
        @Nullable String missing) {}
