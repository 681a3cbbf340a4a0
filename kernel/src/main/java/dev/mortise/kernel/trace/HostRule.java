package dev.mortise.kernel.trace;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts as operators name them: {@code api.example.com}, {@code *.example.com} for all below, {@code *} for all. */
final class HostRule {
    private static final Pattern FORM = Pattern.compile("\\*|(\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+]");

    private HostRule() {}

    /** @throws IllegalArgumentException when one of them is none */
    static Set<String> checked(String name, Set<String> hosts) {
        for (String host : hosts) {
            if (!FORM.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        name + " has \"" + host + "\"; a host looks like api.example.com, *.example.com or *");
            }
        }
        return Set.copyOf(hosts);
    }

    /** Returns whether the address is at one of the hosts; false where it names none. */
    static boolean matches(Set<String> hosts, URI address) {
        if (address.getHost() == null) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return hosts.contains("*")
                || hosts.contains(host)
                || hosts.stream().anyMatch(rule -> rule.startsWith("*.") && host.endsWith(rule.substring(1)));
    }
}
