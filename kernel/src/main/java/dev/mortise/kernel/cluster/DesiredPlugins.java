package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.lifecycle.Settled;
import dev.mortise.kernel.lifecycle.ShelvedPlugin;
import dev.mortise.kernel.lifecycle.Wanted;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all nodes are to run, in the database. Changes are fenced by the lease of the node that makes them. */
record DesiredPlugins(SchemaSessions sessions, Self self) {
    /** What is announced to all nodes with each change. */
    static final String TOPIC = "plugins";

    List<Installation> all() {
        return sessions.inTransaction(
                null, Access.READ, open -> open.mapper(InstallationMapper.class).all());
    }

    /** Tells the database what this node had installed before the database knew of plugins; done once for ever. */
    void adopt(List<ShelvedPlugin> shelved) {
        sessions.inTransaction(null, Access.WRITE, open -> {
            InstallationMapper table = open.mapper(InstallationMapper.class);
            if (table.adopt() == 1) {
                shelved.forEach(each -> put(table, each, Installation.of(each.state())));
            }
            return shelved.size();
        });
    }

    /** Writes what a change made of a plugin; returns it with its new generation. */
    Installation put(HeldLease lease, ShelvedPlugin shelved, Function<@Nullable Installation, Installation> next) {
        return fenced(
                lease,
                table -> put(
                        table, shelved, next.apply(table.lock(shelved.state().id()))));
    }

    private static Installation put(InstallationMapper table, ShelvedPlugin shelved, Installation next) {
        Wanted state = shelved.state();
        JarArchive.store(table, state.id(), state.version(), state.sha512(), shelved.jar());
        if (!state.previous().isEmpty() && table.jar(state.id(), state.previous()) == null) {
            storePrevious(table, state, shelved.previousJar());
        }
        table.put(next);
        table.dropUnused(state.id());
        return known(table, state.id());
    }

    private static void storePrevious(InstallationMapper table, Wanted state, Path jar) {
        if (Files.isRegularFile(jar)) {
            JarArchive.store(table, state.id(), state.previous(), ShelvedPlugin.digest(jar), jar);
        }
    }

    void remove(HeldLease lease, String id) {
        fenced(lease, table -> {
            table.remove(id);
            return table.dropUnused(id);
        });
    }

    /** Lets one more node take an update that rolls. */
    Installation release(HeldLease lease, String id, String node) {
        return fenced(lease, table -> {
            table.release(id, node);
            return known(table, id);
        });
    }

    /** Brings back on all nodes what was there before the last change of versions. */
    Installation takeBack(HeldLease lease, String id) {
        return fenced(lease, table -> {
            Installation failed = known(table, id);
            InstallationMapper.Jar former = table.jar(id, failed.previous());
            if (former == null) {
                throw new MortiseException(
                        KernelError.PLUGIN_NO_ROLLBACK,
                        "The version before " + id + " " + failed.version() + " is not in the database",
                        "Update the plugin to a version that works");
            }
            table.put(failed.takenBack(former.sha512()));
            table.dropUnused(id);
            return known(table, id);
        });
    }

    /** Notes what this node made of what it was to run. */
    void report(List<Settled> outcomes, List<String> installed) {
        sessions.inTransaction(null, Access.WRITE, open -> {
            InstallationMapper table = open.mapper(InstallationMapper.class);
            table.dropReports(self.id(), installed);
            outcomes.forEach(each -> table.report(
                    self.id(),
                    each.id(),
                    each.version(),
                    each.generation(),
                    each.state().name(),
                    each.problem()));
            return outcomes.size();
        });
    }

    private static Installation known(InstallationMapper table, String id) {
        Installation known = table.lock(id);
        if (known == null) {
            throw new MortiseException(
                    KernelError.PLUGIN_UNKNOWN,
                    "The plugin " + id + " was removed meanwhile",
                    "Install it again if it is needed");
        }
        return known;
    }

    private <R> R fenced(HeldLease lease, Function<InstallationMapper, R> work) {
        return sessions.inTransaction(null, Access.WRITE, open -> {
            if (open.mapper(LeaseMapper.class)
                    .fence(lease.name(), lease.token())
                    .isEmpty()) {
                throw LeaseKeeper.lost(lease);
            }
            InstallationMapper table = open.mapper(InstallationMapper.class);
            table.announce(TOPIC);
            return work.apply(table);
        });
    }
}
