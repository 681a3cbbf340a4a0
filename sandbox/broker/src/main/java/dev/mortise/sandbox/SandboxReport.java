package dev.mortise.sandbox;

import dev.mortise.api.http.Described;
import dev.mortise.api.sandbox.Confinement;
import dev.mortise.sandbox.pool.WorkerPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A look at the sandbox of one node.
 *
 * @since 0.1
 */
public record SandboxReport(
        @Described("How strongly code of strangers is held here.")
        Confinement level,

        @Described("The weakest that the operator accepts; below it nothing is run.")
        Confinement minimum,

        @Described("Whether anything is run.") boolean runs,

        @Described("What would make it stronger, or what is missing.")
        List<String> gaps,

        @Described("What can be run.") List<LanguageReport> languages) {
    /**
     * One language.
     *
     * @since 0.1
     */
    public record LanguageReport(
            String language,
            Confinement level,
            @Described("Workers that stand by.") int ready,
            @Described("Workers that are starting.") int starting,
            @Described("Workers that are lent to a tenant.") int lent,
            @Described("Calls that wait for a worker.") int waiting,

            @Described("Why the last start of a worker failed, where it did.") @Nullable
            String failure) {}

    static SandboxReport of(Workshop.Opened opened, Confinement minimum) {
        Confinement level = opened.walls().level();
        return new SandboxReport(
                level,
                minimum,
                level.compareTo(minimum) >= 0 && !opened.languages().isEmpty(),
                opened.walls().gaps(),
                opened.languages().values().stream()
                        .map(SandboxReport::language)
                        .toList());
    }

    private static LanguageReport language(WorkerLanguage language) {
        WorkerPool.Counts counts = language.counts();
        return new LanguageReport(
                language.language().id(),
                language.level(),
                counts.ready(),
                counts.starting(),
                counts.lent(),
                counts.waiting(),
                counts.failure().orElse(null));
    }
}
