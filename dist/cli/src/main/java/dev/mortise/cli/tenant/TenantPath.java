package dev.mortise.cli.tenant;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the server has its tenants. */
final class TenantPath {
    static final String ALL = "/api/v1/kernel/tenants";

    private TenantPath() {}

    static String of(String tenant) {
        return ALL + "/" + encoded(tenant);
    }

    static String encoded(String text) {
        // In a path a plus is a plus.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
