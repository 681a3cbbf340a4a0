package dev.mortise.kernel.lifecycle;

import dev.mortise.api.admin.PluginState;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings this node to what all nodes are to run. Works on the life cycle's one thread. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final String UNREADABLE = "its state in the data folder is damaged";

    private final PluginLifecycle lifecycle;
    private final Map<String, Installed> installed;
    private final Shelf shelf;
    private final JarSource jars;
    private final InstantSource clock;
    /** What failed, so that it is not tried again at every look. */
    private final Map<String, Settled> failures = new HashMap<>();

    Settling(
            PluginLifecycle lifecycle,
            Map<String, Installed> installed,
            Shelf shelf,
            JarSource jars,
            InstantSource clock) {
        this.lifecycle = lifecycle;
        this.installed = installed;
        this.shelf = shelf;
        this.jars = jars;
        this.clock = clock;
    }

    List<Settled> settle(List<Wanted> wanted, Set<String> held) {
        Set<String> ids = wanted.stream().map(Wanted::id).collect(Collectors.toSet());
        failures.keySet().retainAll(ids);
        dismissOthers(ids);
        Map<String, Settled> outcomes = new LinkedHashMap<>();
        List<Wanted> left = new ArrayList<>(wanted);
        left.removeIf(each -> held.contains(each.id()));
        int before;
        // A plugin may need packages of one that comes later: as long as one more succeeds, the rest is tried again.
        do {
            before = left.size();
            left.removeIf(each -> isDone(each, outcomes));
        } while (!left.isEmpty() && left.size() < before);
        outcomes.values().forEach(this::remember);
        return List.copyOf(outcomes.values());
    }

    private boolean isDone(Wanted wanted, Map<String, Settled> outcomes) {
        Settled outcome = settle(wanted, outcomes.containsKey(wanted.id()));
        outcomes.put(wanted.id(), outcome);
        return outcome.state() != PluginState.FAILED
                || !outcome.problem().contains(KernelError.PLUGIN_UNRESOLVED.code());
    }

    private void remember(Settled outcome) {
        if (outcome.state() == PluginState.FAILED) {
            failures.put(outcome.id(), outcome);
        } else {
            failures.remove(outcome.id());
        }
    }

    /** Removes what is not wanted; what gives packages to another goes after that other. */
    private void dismissOthers(Set<String> wanted) {
        for (String id : shelf.damaged()) {
            if (!wanted.contains(id) && !installed.containsKey(id)) {
                Shelf.Pointer unknown = new Shelf.Pointer(id, "unknown", "", false, null);
                lifecycle.put(new Installed(
                        unknown, "", PluginState.FAILED, clock.instant(), null, null, Optional.of(UNREADABLE)));
            }
        }
        List<Installed> unwanted = new ArrayList<>(installed.values());
        unwanted.removeIf(
                each -> wanted.contains(each.pointer().id()) || each.problem().equals(Optional.of(UNREADABLE)));
        shelf.pointers().stream()
                .filter(pointer -> !wanted.contains(pointer.id()) && !installed.containsKey(pointer.id()))
                .forEach(pointer -> shelf.remove(pointer.id()));
        int before;
        do {
            before = unwanted.size();
            unwanted.removeIf(this::isDismissed);
        } while (!unwanted.isEmpty() && unwanted.size() < before);
    }

    private boolean isDismissed(Installed each) {
        try {
            lifecycle.dismiss(each);
            return true;
        } catch (MortiseException e) {
            LOG.warn("{}", e.describe());
            return false;
        }
    }

    private Settled settle(Wanted wanted, boolean again) {
        Settled failure = failures.get(wanted.id());
        if (!again && failure != null && failure.generation() == wanted.generation()) {
            Installed present = installed.get(wanted.id());
            // An administrator may have started it by hand meanwhile.
            if (present == null || !isAsWanted(present, wanted)) {
                return failure;
            }
        }
        try {
            bring(wanted);
            return outcome(wanted, "");
        } catch (RuntimeException e) {
            String problem = PluginLifecycle.describe(e);
            LOG.error("The plugin {} {} could not be brought in: {}", wanted.id(), wanted.version(), problem, e);
            Installed present = installed.get(wanted.id());
            if (present == null || present.load() == null) {
                lifecycle.put(new Installed(
                        wanted.pointer(), "", PluginState.FAILED, clock.instant(), null, null, Optional.of(problem)));
            }
            return outcome(wanted, problem);
        }
    }

    private Settled outcome(Wanted wanted, String problem) {
        Installed present = installed.get(wanted.id());
        if (present == null) {
            throw new IllegalStateException(wanted.id() + " is neither installed nor failed");
        }
        PluginState state = problem.isEmpty() ? present.state() : PluginState.FAILED;
        return new Settled(wanted.id(), present.pointer().active(), wanted.generation(), state, problem);
    }

    private static boolean isAsWanted(Installed present, Wanted wanted) {
        return present.pointer().equals(wanted.pointer())
                && (wanted.stopped() ? present.state() == PluginState.STOPPED : present.load() != null);
    }

    private void bring(Wanted wanted) {
        Installed present = installed.get(wanted.id());
        if (present != null && isAsWanted(present, wanted)) {
            return;
        }
        if (present != null && isSameJar(present.pointer(), wanted)) {
            adjust(present, wanted);
            return;
        }
        if (present == null || present.load() == null) {
            begin(wanted, shelved(wanted.id()));
        } else if (wanted.stopped()) {
            shelf.ensure(wanted, jars);
            shelf.point(wanted.pointer());
            lifecycle.halt(present);
            lifecycle.put(notRunning(wanted));
        } else {
            shelf.ensure(wanted, jars);
            lifecycle.replace(present, wanted.pointer());
        }
    }

    private static boolean isSameJar(Shelf.Pointer pointer, Wanted wanted) {
        return pointer.active().equals(wanted.version()) && wanted.sha512().equals(pointer.sha512());
    }

    /** The right jar is here; whether it runs, or what it could go back to, is not as wanted. */
    private void adjust(Installed present, Wanted wanted) {
        shelf.point(wanted.pointer());
        if (wanted.stopped()) {
            lifecycle.halt(present);
            lifecycle.put(notRunning(wanted));
        } else if (present.load() != null) {
            lifecycle.put(present.with(wanted.pointer()));
        } else {
            launchHealing(wanted);
        }
    }

    /** Nothing of it runs here. */
    private void begin(Wanted wanted, Shelf.@Nullable Pointer onShelf) {
        // What this node wrote itself is trusted until its bytes say otherwise: digests at every start would cost time.
        if (onShelf == null || !isSameJar(onShelf, wanted)) {
            shelf.ensure(wanted, jars);
        }
        if (!wanted.pointer().equals(onShelf)) {
            shelf.point(wanted.pointer());
        }
        lifecycle.put(notRunning(wanted));
        if (!wanted.stopped()) {
            launchHealing(wanted);
        }
    }

    private void launchHealing(Wanted wanted) {
        try {
            lifecycle.launch(notRunning(wanted));
        } catch (MortiseException e) {
            if (shelf.isWhole(wanted)) {
                throw e;
            }
            LOG.warn("The jar here is damaged and is brought from the database again: {}", e.describe());
            shelf.bring(wanted.id(), wanted.version(), jars);
            lifecycle.launch(notRunning(wanted));
        }
    }

    private Shelf.@Nullable Pointer shelved(String id) {
        return shelf.pointers().stream()
                .filter(pointer -> pointer.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private Installed notRunning(Wanted wanted) {
        return new Installed(wanted.pointer(), "", PluginState.STOPPED, clock.instant(), null, null, Optional.empty());
    }
}
