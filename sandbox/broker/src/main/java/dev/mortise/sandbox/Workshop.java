package dev.mortise.sandbox;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.Confinement;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.SandboxError;
import dev.mortise.sandbox.confine.Bubblewrap;
import dev.mortise.sandbox.confine.Walls;
import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.pool.CallListener;
import dev.mortise.sandbox.pool.PoolLimits;
import dev.mortise.sandbox.pool.WorkerPool;
import dev.mortise.sandbox.worker.Deadlines;
import dev.mortise.sandbox.worker.WorkerKit;
import dev.mortise.sandbox.worker.WorkerLauncher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All languages of this machine. Opened beside the start of the plugin, because finding out what the machine offers
 * takes as long as starting a worker; who needs a worker before that waits.
 */
final class Workshop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
    private static final Duration UNTIL_OPEN = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Language> BY_WORKERS = List.of(Language.JAVASCRIPT, Language.PYTHON);

    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private final Deadlines deadlines = new Deadlines();
    private final SandboxSettings settings;
    private final WorkerPool.Beside beside;
    private final CallListener listener;

    Workshop(SandboxSettings settings, WorkerPool.Beside beside, CallListener listener) {
        this.settings = settings;
        this.beside = beside;
        this.listener = listener;
    }

    /** @param languages those with a kit */
    record Opened(Walls walls, Map<Language, WorkerLanguage> languages) {}

    /** Finds out what there is, and begins to make workers stand by. */
    void open() {
        try {
            Opened found = find();
            LOG.info(
                    "Code of strangers is held by {}; languages {}; {}",
                    found.walls().level(),
                    found.languages().keySet(),
                    found.walls().gaps());
            opened.complete(found);
            found.languages().values().forEach(WorkerLanguage::fill);
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.SECONDS.sleep(1);
                found.languages().values().forEach(language -> language.kept().sweep());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            opened.completeExceptionally(e);
            throw e;
        }
    }

    private Opened find() throws InterruptedException {
        List<String> gaps = new ArrayList<>();
        Optional<Bubblewrap> bubblewrap = switch (Bubblewrap.find()) {
            case Bubblewrap.Finding.Works works -> Optional.of(works.bubblewrap());
            case Bubblewrap.Finding.Missing missing -> {
                gaps.add(missing.reason());
                yield Optional.empty();
            }
        };
        Map<Language, WorkerKit> kits = new EnumMap<>(Language.class);
        for (Language language : BY_WORKERS) {
            WorkerKit.find(settings.kits(), language)
                    .ifPresentOrElse(
                            kit -> kits.put(language, kit),
                            () -> gaps.add("There is no kit for " + language.id() + " in " + settings.kits()));
        }
        Walls walls = tried(kits, bubblewrap, gaps);
        Map<Language, WorkerLanguage> languages = new EnumMap<>(Language.class);
        kits.forEach((language, kit) -> languages.put(language, language(kit, walls)));
        return new Opened(walls, languages);
    }

    /** Starts a worker and lets it say what it could do. */
    private Walls tried(Map<Language, WorkerKit> kits, Optional<Bubblewrap> bubblewrap, List<String> gaps)
            throws InterruptedException {
        for (WorkerKit kit : kits.values()) {
            try (WorkerLauncher launcher = launcher(kit, bubblewrap)) {
                WorkerLauncher.Launched launched = launcher.launch();
                launched.worker().kill();
                Message.Ready ready = launched.ready();
                if (!ready.locked()) {
                    gaps.add("The system does not let a worker give up its system calls (Linux with seccomp does)");
                }
                return new Walls(bubblewrap, ready.locked(), ready.limited(), gaps);
            } catch (IOException e) {
                LOG.warn("A worker cannot be started", e);
                gaps.add(String.valueOf(e.getMessage()));
            }
        }
        return new Walls(bubblewrap, false, false, gaps);
    }

    private WorkerLanguage language(WorkerKit kit, Walls walls) {
        int standby = kit.language() == Language.PYTHON ? settings.standbyPython() : settings.standing();
        return new WorkerLanguage(
                kit.language(),
                launcher(kit, walls.bubblewrap()),
                walls,
                settings.least(),
                deadlines,
                listener,
                new PoolLimits(settings.mostWorkers(), standby, settings.mostWaiting(), PATIENCE),
                beside);
    }

    private WorkerLauncher launcher(WorkerKit kit, Optional<Bubblewrap> bubblewrap) {
        WorkerKit sized = settings.heapMegabytes() == 0 ? kit : kit.withHeap(settings.heapMegabytes());
        return new WorkerLauncher(sized, bubblewrap, deadlines);
    }

    /**
     * Returns what there is, when that is known.
     *
     * @throws MortiseException with {@code sandbox.language-missing} when it cannot be found out
     */
    Opened opened() {
        try {
            return opened.get(UNTIL_OPEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED, "The wait for the sandbox was interrupted", "Try again", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new MortiseException(
                    SandboxError.LANGUAGE_MISSING,
                    "What this machine offers for code of strangers could not be found out",
                    "Look at the server's log for the reason",
                    e);
        }
    }

    /**
     * Returns a language that may be used.
     *
     * @param minimum what the caller demands, beside the operator
     * @throws MortiseException with {@code sandbox.language-missing} or {@code sandbox.confinement-too-weak}
     */
    WorkerLanguage language(Language language, Confinement minimum) {
        Opened found = opened();
        WorkerLanguage present = found.languages().get(language);
        if (present == null) {
            throw new MortiseException(
                    SandboxError.LANGUAGE_MISSING, "No worker for " + language.id() + " is installed", reasons(found));
        }
        Confinement least = minimum.compareTo(settings.least()) > 0 ? minimum : settings.least();
        if (present.level().compareTo(least) < 0) {
            throw new MortiseException(
                    SandboxError.TOO_WEAK,
                    "Code of strangers is held by " + present.level() + " on this machine; " + least + " is demanded",
                    reasons(found) + ". Or accept less by the setting minimum of the plugin sandbox");
        }
        return present;
    }

    private static String reasons(Opened found) {
        return found.walls().gaps().isEmpty()
                ? "This machine has nothing stronger"
                : String.join("; ", found.walls().gaps());
    }

    @Override
    public void close() {
        if (opened.isDone() && !opened.isCompletedExceptionally()) {
            opened.join().languages().values().forEach(WorkerLanguage::close);
        }
        deadlines.close();
    }
}
