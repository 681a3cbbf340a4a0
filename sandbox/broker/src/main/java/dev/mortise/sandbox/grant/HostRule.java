package dev.mortise.sandbox.grant;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Hosts as grants have them: {@code api.example.org}, {@code *.example.org} for all below it, with a port where it is
 * not the usual one of the scheme.
 */
final class HostRule {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private HostRule() {}

    static boolean matches(Set<String> rules, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int usual = address.getScheme().equalsIgnoreCase("https") ? HTTPS : HTTP;
        int port = address.getPort() < 0 ? usual : address.getPort();
        String suffix = port == usual ? "" : ":" + port;
        return rules.stream().map(rule -> rule.toLowerCase(Locale.ROOT)).anyMatch(rule -> {
            if (rule.startsWith("*.")) {
                return (host + suffix).endsWith(rule.substring(1))
                        && host.length() + suffix.length() > rule.length() - 1;
            }
            return rule.equals(host + suffix);
        });
    }
}
