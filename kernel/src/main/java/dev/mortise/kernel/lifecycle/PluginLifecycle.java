package dev.mortise.kernel.lifecycle;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.admin.PluginState;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.module.ModuleLayer;
import dev.mortise.kernel.registry.ExtensionRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Installs, updates, rolls back, stops and removes plugins, one change after the other on one thread.
 *
 * <p>Invariant: {@link #installed}, the shelf, the registry and pf4j are changed by that thread alone; everybody else
 * reads immutable values. A change that fails leaves what was there.
 */
public final class PluginLifecycle implements PluginAdmin, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLifecycle.class);

    private final ConcurrentSkipListMap<String, Installed> installed = new ConcurrentSkipListMap<>();
    private final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("mortise-lifecycle").factory());
    private final ExtensionRegistry registry;
    private final Shelf shelf;
    private final PluginStarter starter;
    private final InstantSource clock;
    private final LifecycleOptions options;
    private final Drain drain;
    private final JarSource jars;
    private final Settling settling;

    /**
     * @param folder where installed plugins are kept
     * @param work where each load gets a folder of its own
     * @param jars where a jar comes from that is not in the folder, or is damaged there
     */
    public PluginLifecycle(
            ExtensionRegistry registry,
            ModuleLayer modules,
            PluginServices services,
            Path folder,
            Path work,
            JsonMapper json,
            JarSource jars,
            InstantSource clock,
            LifecycleOptions options) {
        this.registry = registry;
        this.shelf = new Shelf(folder, json);
        // A stop must not wait for the end of a probation.
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.starter = new PluginStarter(modules, services, work, options.startLimit());
        this.clock = clock;
        this.options = options;
        this.jars = jars;
        this.settling = new Settling(this, installed, shelf, jars, clock);
        this.drain = new Drain(starter, options.drainLimit(), writer);
    }

    /**
     * Brings this node to what all nodes are to run: installs, updates, starts, stops and removes. A plugin that fails
     * is reported and does not keep the others back; what is as wanted is not touched. Its jar is healed from the
     * source when the one here is damaged.
     *
     * @param wanted everything that is to be installed
     * @param held plugins that are left as they are for now
     */
    public List<Settled> settle(List<Wanted> wanted, Set<String> held) {
        return change(() -> settling.settle(wanted, held));
    }

    /** Returns what the data folder has installed, without those whose state there is damaged. */
    public List<ShelvedPlugin> shelved() {
        return change(shelf::plugins);
    }

    @Override
    public List<PluginStatus> list() {
        return installed.values().stream().map(Installed::status).toList();
    }

    @Override
    public PluginStatus install(Path jar) {
        return change(() -> withStaged(jar, this::install));
    }

    private PluginStatus install(Path staged, PluginManifest manifest) {
        String id = manifest.plugin().id();
        Installed present = installed.get(id);
        if (present != null) {
            throw new MortiseException(
                    KernelError.PLUGIN_EXISTS,
                    "The plugin " + id + " is installed already, in version "
                            + present.pointer().active(),
                    "Use `mortise plugin update` to bring in "
                            + manifest.plugin().version());
        }
        PluginLoad load = starter.start(staged, manifest);
        Shelf.Pointer pointer = new Shelf.Pointer(id, manifest.plugin().version(), "", false, Shelf.digest(staged));
        bringIn(load, () -> {
            shelf.keep(staged, manifest.plugin());
            shelf.point(pointer);
        });
        LOG.info("Installed {}", manifest.plugin());
        return running(pointer, load);
    }

    @Override
    public PluginStatus update(Path jar) {
        return change(() -> withStaged(jar, this::update));
    }

    private PluginStatus update(Path staged, PluginManifest manifest) {
        Installed present = known(manifest.plugin().id());
        String version = manifest.plugin().version();
        if (present.pointer().active().equals(version) && present.load() != null) {
            throw new MortiseException(
                    KernelError.PLUGIN_EXISTS,
                    manifest.plugin() + " is what runs already",
                    "Give the new build another version, or remove the plugin first");
        }
        PluginLoad load = starter.start(staged, manifest);
        Shelf.Pointer pointer = new Shelf.Pointer(
                present.pointer().id(), version, present.pointer().active(), false, Shelf.digest(staged));
        bringIn(load, () -> {
            shelf.keep(staged, manifest.plugin());
            shelf.point(pointer);
        });
        return replaced(present, pointer, load);
    }

    @Override
    public PluginStatus rollback(String id) {
        return change(() -> {
            Installed present = known(id);
            String previous = present.pointer().previous();
            if (previous.isEmpty()) {
                throw new MortiseException(
                        KernelError.PLUGIN_NO_ROLLBACK,
                        "The plugin " + id + " has no former version to go back to",
                        "Use `mortise plugin update " + id + "@VERSION` with a version from a catalogue");
            }
            shelf.bringIfMissing(id, previous, jars);
            return replace(present, present.pointer().swapped(Shelf.digest(shelf.jar(id, previous))));
        });
    }

    @Override
    public PluginStatus start(String id) {
        return change(() -> {
            Installed present = known(id);
            if (present.load() != null) {
                throw state(present, "is running already", "There is nothing to do");
            }
            return launch(present);
        });
    }

    @Override
    public PluginStatus stop(String id) {
        return change(() -> {
            Installed present = known(id);
            PluginLoad load = present.load();
            if (load == null) {
                throw state(present, "is not running", "There is nothing to do");
            }
            refuseWhileUsed(load);
            shelf.point(present.pointer().withStopped(true));
            return halt(present);
        });
    }

    @Override
    public void remove(String id) {
        change(() -> {
            dismiss(known(id));
            return id;
        });
    }

    void dismiss(Installed present) {
        String id = present.pointer().id();
        if (present.load() != null) {
            refuseWhileUsed(present.load());
        }
        shelf.remove(id);
        takeOut(present);
        installed.remove(id);
        LOG.info("Removed {}", id);
    }

    /** Stops all plugins, each after its calls have ended, and takes no more changes. */
    @Override
    public void close() {
        change(() -> {
            for (Installed each : List.copyOf(installed.values())) {
                takeOut(each);
            }
            installed.clear();
            return true;
        });
        writer.close();
    }

    PluginStatus launch(Installed present) {
        PluginLoad load =
                load(shelf.jar(present.pointer().id(), present.pointer().active()));
        Shelf.Pointer pointer = present.pointer().withStopped(false);
        bringIn(load, () -> {
            if (present.pointer().stopped()) {
                shelf.point(pointer);
            }
        });
        return running(pointer, load);
    }

    /** Puts the pointer's version, whose jar is on the shelf, in the place of what runs. */
    PluginStatus replace(Installed present, Shelf.Pointer pointer) {
        Installed.Retired retired = present.retired();
        PluginLoad load =
                retired != null && retired.manifest().plugin().version().equals(pointer.active())
                        ? starter.start(retired.manifest(), retired.module())
                        : load(shelf.jar(pointer.id(), pointer.active()));
        bringIn(load, () -> shelf.point(pointer));
        return replaced(present.without(load.module()), pointer, load);
    }

    PluginStatus halt(Installed present) {
        takeOut(present);
        return notRunning(present, PluginState.STOPPED, Optional.empty());
    }

    private PluginLoad load(Path jar) {
        return starter.start(jar, PluginManifest.read(jar, jar.toString()));
    }

    /**
     * Publishes a load, after its files are in place; when either fails the load is stopped and the exception goes on.
     */
    private void bringIn(PluginLoad load, Runnable storeFiles) {
        try {
            registry.check(load.publication());
            storeFiles.run();
        } catch (RuntimeException e) {
            starter.stop(load);
            Installed present = installed.get(load.plugin().id());
            if (present == null || !present.retires(load.module())) {
                load.module().unload();
            }
            throw e;
        }
        registry.publish(load.publication());
    }

    private PluginStatus replaced(Installed former, Shelf.Pointer pointer, PluginLoad load) {
        former.unloadRetired();
        Installed.Retired retired = null;
        PluginLoad old = former.load();
        Optional<String> problem = Optional.empty();
        if (old != null) {
            if (drain.close(old)) {
                retired = new Installed.Retired(old.manifest(), old.module());
                scheduleUnload(pointer.id(), retired);
            } else {
                problem = Optional.of("Version " + old.plugin().version() + " still serves "
                        + old.publication().leases().outstanding() + " calls; it is unloaded when they end");
            }
        }
        LOG.info(
                "Replaced {} {} by {}",
                pointer.id(),
                former.pointer().active(),
                load.plugin().version());
        return put(new Installed(
                pointer, load.manifest().description(), PluginState.RUNNING, clock.instant(), load, retired, problem));
    }

    private void scheduleUnload(String id, Installed.Retired retired) {
        Duration wait = options.probation();
        if (wait.isZero()) {
            // Still in the change: the record that is put right after this one must not name it.
            writer.execute(() -> endProbation(id, retired));
        } else {
            var _ = writer.schedule(() -> endProbation(id, retired), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endProbation(String id, Installed.Retired retired) {
        Installed present = installed.get(id);
        if (present != null && present.retires(retired.module())) {
            present.unloadRetired();
            installed.put(id, present.without(retired.module()));
        }
    }

    private void takeOut(Installed present) {
        present.unloadRetired();
        PluginLoad load = present.load();
        if (load != null) {
            registry.withdraw(load.plugin().id());
            if (drain.close(load)) {
                load.module().unload();
            }
        }
    }

    private static void refuseWhileUsed(PluginLoad load) {
        List<String> users = new ArrayList<>(load.module().users());
        users.remove(load.plugin().id());
        if (!users.isEmpty()) {
            throw new MortiseException(
                    KernelError.PLUGIN_IN_USE,
                    "The plugin " + load.plugin().id() + " gives packages to " + String.join(", ", users),
                    "Stop or remove " + String.join(", ", users) + " first");
        }
    }

    private PluginStatus running(Shelf.Pointer pointer, PluginLoad load) {
        return put(new Installed(
                pointer,
                load.manifest().description(),
                PluginState.RUNNING,
                clock.instant(),
                load,
                null,
                Optional.empty()));
    }

    PluginStatus notRunning(Installed former, PluginState state, Optional<String> problem) {
        Shelf.Pointer pointer = former.pointer().withStopped(state == PluginState.STOPPED);
        return put(new Installed(pointer, former.description(), state, clock.instant(), null, null, problem));
    }

    PluginStatus put(Installed next) {
        installed.put(next.pointer().id(), next);
        return next.status();
    }

    private Installed known(String id) {
        Installed present = installed.get(id);
        if (present == null) {
            throw new MortiseException(
                    KernelError.PLUGIN_UNKNOWN,
                    "No plugin \"" + id + "\" is installed",
                    "`mortise plugin list` shows what is installed; `mortise plugin install` adds one");
        }
        return present;
    }

    private static MortiseException state(Installed present, String what, String remedy) {
        return new MortiseException(
                KernelError.PLUGIN_STATE, "The plugin " + present.pointer().id() + " " + what, remedy);
    }

    private <R> R withStaged(Path jar, StagedChange<R> change) {
        Path staged = shelf.stage(jar);
        try {
            return change.apply(staged, PluginManifest.read(staged, String.valueOf(jar.getFileName())));
        } finally {
            shelf.discard(staged);
        }
    }

    @FunctionalInterface
    private interface StagedChange<R> {
        R apply(Path staged, PluginManifest manifest);
    }

    static String describe(RuntimeException e) {
        return e instanceof MortiseException known ? known.describe() : e.toString();
    }

    private <R> R change(Supplier<R> work) {
        Future<R> result = writer.submit(work::get);
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED,
                    "The wait for a change of plugins was interrupted; the change itself goes on",
                    "Look at `mortise plugin list` for its outcome",
                    e);
        }
    }
}
