package dev.mortise.sandbox;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.sandbox.Confinement;
import dev.mortise.api.sandbox.Language;
import dev.mortise.sandbox.confine.Walls;
import dev.mortise.sandbox.pool.CallListener;
import dev.mortise.sandbox.pool.KeptLeases;
import dev.mortise.sandbox.pool.PoolLimits;
import dev.mortise.sandbox.pool.PooledLease;
import dev.mortise.sandbox.pool.WorkerPool;
import dev.mortise.sandbox.worker.Deadlines;
import dev.mortise.sandbox.worker.WorkerLauncher;
import dev.mortise.sandbox.worker.WorkerProcess;
import java.io.IOException;

/** A language that is run by workers of ours: its kit, its pool, and how strongly its workers are held. */
final class WorkerLanguage implements AutoCloseable {
    private final Language language;
    private final WorkerLauncher launcher;
    private final Walls walls;
    private final Confinement least;
    private final Deadlines deadlines;
    private final CallListener listener;
    private final WorkerPool pool;
    private final KeptLeases kept;

    /** @param least a worker that is held by less is not used, whatever the walls promised */
    WorkerLanguage(
            Language language,
            WorkerLauncher launcher,
            Walls walls,
            Confinement least,
            Deadlines deadlines,
            CallListener listener,
            PoolLimits limits,
            WorkerPool.Beside beside) {
        this.language = language;
        this.launcher = launcher;
        this.walls = walls;
        this.least = least;
        this.deadlines = deadlines;
        this.listener = listener;
        this.pool = new WorkerPool(language.id(), this::launch, beside, limits);
        this.kept = new KeptLeases(pool, this::lease);
    }

    private WorkerProcess launch() throws IOException, InterruptedException {
        WorkerLauncher.Launched launched = launcher.launch();
        Confinement level = walls.level(launched.ready().locked());
        if (level.compareTo(least) < 0) {
            launched.worker().kill();
            throw new IOException("a worker is held by " + level + " alone; the operator demands " + least);
        }
        return launched.worker();
    }

    Language language() {
        return language;
    }

    Confinement level() {
        return walls.level();
    }

    void fill() {
        if (level().compareTo(least) >= 0) {
            pool.fill();
        }
    }

    PooledLease lease(TenantId tenant) {
        return new PooledLease(pool, deadlines, listener, language, tenant);
    }

    KeptLeases kept() {
        return kept;
    }

    WorkerPool.Counts counts() {
        return pool.counts();
    }

    @Override
    public void close() {
        kept.close();
        pool.close();
        launcher.close();
    }
}
