package dev.mortise.kernel.setting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file with what was set laid over it. What does not fit the plugin's schema is left out property by property, so
 * the layer below shows through: the same on every node and after every restart.
 *
 * @param values what holds
 * @param sources which layer each outermost property comes from; the upper one where layers were merged
 * @param problems what was left out, and why
 */
record Effective(ObjectNode values, Map<String, Source> sources, List<Problem> problems) {
    /** A layer. */
    enum Source {
        /** The server's configuration file. */
        FILE,
        /** What an operator has set for the whole server. */
        SERVER,
        /** What the tenant has set for itself. */
        TENANT
    }

    /** Something that was set and does not hold. */
    record Problem(Source source, Fault fault) {
        @Override
        public String toString() {
            return fault + " (set for the " + (source == Source.TENANT ? "tenant" : "server") + ")";
        }
    }

    /** Lays the documents over one another. */
    static Effective of(ObjectNode file, DeclaredSchema schema, Document server, Document tenant) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode fromServer = fit(schema, file, server.values(), Source.SERVER, problems);
        ObjectNode below = MergePatch.apply(file, fromServer);
        ObjectNode allowed = allowed(schema, tenant.values(), problems);
        ObjectNode fromTenant = fit(schema, below, allowed, Source.TENANT, problems);
        Map<String, Source> sources = new TreeMap<>();
        file.propertyNames().forEach(name -> sources.put(name, Source.FILE));
        fromServer.propertyNames().forEach(name -> sources.put(name, Source.SERVER));
        fromTenant.propertyNames().forEach(name -> sources.put(name, Source.TENANT));
        return new Effective(MergePatch.apply(below, fromTenant), sources, List.copyOf(problems));
    }

    /** Returns what is wrong with values that are laid over others, and is not the others' fault. */
    static List<Fault> added(DeclaredSchema schema, ObjectNode below, ObjectNode above) {
        List<Fault> faults = schema.faults(MergePatch.apply(below, above));
        if (faults.isEmpty()) {
            return faults;
        }
        Set<Fault> before = Set.copyOf(schema.faults(below));
        return faults.stream()
                .filter(fault -> !before.contains(fault) || isOf(fault, above))
                .toList();
    }

    private static boolean isOf(Fault fault, ObjectNode values) {
        return !fault.path().isEmpty() && !values.at(fault.path()).isMissingNode();
    }

    private static ObjectNode allowed(DeclaredSchema schema, ObjectNode values, List<Problem> problems) {
        ObjectNode allowed = copy(values);
        for (String name : List.copyOf(values.propertyNames())) {
            if (!schema.isForTenants(name)) {
                problems.add(new Problem(Source.TENANT, notForTenants(name)));
                allowed.remove(name);
            }
        }
        return allowed;
    }

    static Fault notForTenants(String name) {
        String path =
                tools.jackson.core.JsonPointer.empty().appendProperty(name).toString();
        return new Fault(
                path, RecordSchema.FOR_TENANTS, "is not among the settings that tenants choose for themselves");
    }

    private static ObjectNode fit(
            DeclaredSchema schema, ObjectNode below, ObjectNode above, Source source, List<Problem> problems) {
        ObjectNode left = copy(above);
        while (!left.isEmpty()) {
            List<Fault> faults = added(schema, below, left);
            if (faults.isEmpty()) {
                return left;
            }
            faults.forEach(fault -> problems.add(new Problem(source, fault)));
            left.remove(culprits(faults, left));
        }
        return left;
    }

    private static Set<String> culprits(List<Fault> faults, ObjectNode values) {
        Set<String> culprits = new HashSet<>();
        faults.forEach(fault -> culprits.add(fault.property()));
        culprits.retainAll(values.propertyNames());
        // A rule between properties names none of them: then all are out.
        return culprits.isEmpty() ? Set.copyOf(values.propertyNames()) : culprits;
    }

    private static ObjectNode copy(ObjectNode values) {
        return JsonNodeFactory.instance.objectNode().setAll(values);
    }
}
