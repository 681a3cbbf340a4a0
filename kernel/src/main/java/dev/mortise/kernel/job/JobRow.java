package dev.mortise.kernel.job;

import dev.mortise.api.job.JobStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code mortise.job} without its payload. */
record JobRow(
        UUID id,
        String plugin,
        String handler,
        JobStatus.State state,
        int priority,
        int attempt,
        Instant runAt,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Double progress,
        @Nullable String progressText,
        @Nullable String errorCode,
        @Nullable String errorMessage) {
    JobStatus status() {
        return new JobStatus(
                id,
                handler,
                state,
                Ranks.priority(priority),
                attempt,
                runAt,
                createdAt,
                Optional.ofNullable(startedAt),
                Optional.ofNullable(endedAt),
                progress == null
                        ? Optional.empty()
                        : Optional.of(new JobStatus.Progress(progress, progressText == null ? "" : progressText)),
                errorCode == null
                        ? Optional.empty()
                        : Optional.of(new JobStatus.Failure(errorCode, errorMessage == null ? "" : errorMessage)));
    }
}
