package dev.mortise.kernel.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says why a bundle does not resolve; the framework itself only says that it does not. */
final class Unresolved {
    private Unresolved() {}

    static String explain(Felix framework, Bundle bundle) {
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        List<String> reasons = new ArrayList<>();
        for (BundleRequirement need : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            boolean optional =
                    Constants.RESOLUTION_OPTIONAL.equals(need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
            if (!optional && wiring.findProviders(need).isEmpty()) {
                reasons.add(reason(framework, need));
            }
        }
        return reasons.isEmpty()
                ? "what it needs is there, but not in one combination (two of the packages it uses want different versions"
                        + " of a third)"
                : String.join("; ", reasons);
    }

    private static String reason(Felix framework, BundleRequirement need) {
        if (need.getNamespace().equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
            return "it was built for another Java: " + need.getDirectives().get(Constants.FILTER_DIRECTIVE)
                    + ", this server runs on Java " + Runtime.version().feature();
        }
        String filter = String.valueOf(need.getDirectives().get(Constants.FILTER_DIRECTIVE));
        String name = PackageFilter.packageName(filter);
        return "it needs " + (name.isEmpty() ? need.toString() : name + " " + PackageFilter.range(filter)) + ", found "
                + found(framework, name);
    }

    private static String found(Felix framework, String packageName) {
        Collection<String> offers = new TreeSet<>();
        for (Bundle candidate : Arrays.asList(framework.getBundleContext().getBundles())) {
            BundleRevision revision = candidate.adapt(BundleRevision.class);
            if (revision == null) {
                continue;
            }
            for (BundleCapability offer : revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE)) {
                if (packageName.equals(offer.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE))) {
                    offers.add(offer.getAttributes().get(Constants.VERSION_ATTRIBUTE) + " from "
                            + (candidate.getBundleId() == 0 ? "the server" : candidate.getSymbolicName()));
                }
            }
        }
        return offers.isEmpty() ? "nothing" : String.join(", ", offers);
    }
}
