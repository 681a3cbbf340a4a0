package dev.mortise.cli.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the secrets of a plugin are. */
final class SecretPath {
    private SecretPath() {}

    static String of(String plugin) {
        return "/api/v1/kernel/plugins/" + encoded(plugin) + "/secrets";
    }

    static String of(String plugin, String name) {
        return of(plugin) + "/" + encoded(name);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
