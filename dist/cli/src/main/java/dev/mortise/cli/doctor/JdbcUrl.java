package dev.mortise.cli.doctor;

import java.net.URI;
import java.util.Properties;

/** Turns PostgreSQL's own kind of URL into that of its JDBC driver. */
final class JdbcUrl {
    private JdbcUrl() {}

    /**
     * Returns a JDBC URL, and puts user and password, where the given URL has them, into the properties.
     *
     * @param url {@code postgresql://user:password@host:5432/database} or a JDBC URL
     * @throws IllegalArgumentException when it is neither
     */
    static String of(String url, Properties properties) {
        if (url.startsWith("jdbc:")) {
            return url;
        }
        URI parsed = URI.create(url);
        if (!"postgresql".equals(parsed.getScheme()) && !"postgres".equals(parsed.getScheme())) {
            throw new IllegalArgumentException("the URL does not start with postgresql://");
        }
        String user = parsed.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            properties.setProperty("user", colon < 0 ? user : user.substring(0, colon));
            if (colon >= 0) {
                properties.setProperty("password", user.substring(colon + 1));
            }
        }
        String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
        String query = parsed.getRawQuery() == null ? "" : "?" + parsed.getRawQuery();
        return "jdbc:postgresql://" + parsed.getHost() + port + parsed.getRawPath() + query;
    }
}
