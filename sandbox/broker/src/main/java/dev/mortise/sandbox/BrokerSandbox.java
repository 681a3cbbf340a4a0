package dev.mortise.sandbox;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.sandbox.Confinement;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Sandbox;
import dev.mortise.api.sandbox.SandboxLease;
import dev.mortise.api.sandbox.Script;
import dev.mortise.sandbox.pool.PooledLease;
import dev.mortise.sandbox.worker.HostFunctions;
import java.util.EnumMap;
import java.util.Map;
import org.pf4j.Extension;

/**
 * What other plugins see of the broker.
 *
 * @since 0.1
 */
@Extension
public final class BrokerSandbox implements Sandbox {
    private final SandboxPlugin plugin;

    /** Creates the extension; called by the kernel. */
    public BrokerSandbox(SandboxPlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Map<Language, Confinement> languages() {
        Map<Language, Confinement> levels = new EnumMap<>(Language.class);
        plugin.workshop().opened().languages().forEach((language, present) -> levels.put(language, present.level()));
        return levels;
    }

    @Override
    public SandboxLease lease(LeaseRequest request) {
        WorkerLanguage language = plugin.workshop().language(request.language(), request.minimum());
        HostFunctions functions = plugin.functions(request.grants());
        return new Lent(language.lease(CallContext.current().tenant()), request, functions);
    }

    @Override
    public Outcome run(LeaseRequest request, Script script, String input) {
        return plugin.runner().run(request, script, input);
    }

    private record Lent(PooledLease lease, LeaseRequest request, HostFunctions functions) implements SandboxLease {
        @Override
        public Outcome call(Script script, String input) {
            return lease.call(script, input, false, request.limits(), functions);
        }

        @Override
        public Outcome callWarm(Script script, String input) {
            return lease.call(script, input, true, request.limits(), functions);
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
