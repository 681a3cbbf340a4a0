package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where a database is and who owns it. The same for the server that Mortise starts and for one that an operator runs.
 *
 * @param jdbcUrl begins with {@code jdbc:postgresql:} and carries no user and no password
 * @param ownerUser the role that owns the database and migrates it; it may create roles
 * @param ownerPassword its password; never printed
 * @since 0.1
 */
public record DatabaseAddress(String jdbcUrl, String ownerUser, String ownerPassword) {
    private static final String EXAMPLE = "Write it as postgresql://user:password@host:5432/database";

    /**
     * Reads {@code postgresql://user:password@host:port/database?parameters} (libpq's form; host, user and password
     * percent-encoded) or {@code jdbc:postgresql://host:port/database?user=...&password=...}. Other parameters are the
     * JDBC driver's and are kept.
     *
     * @throws MortiseException with {@code kernel.database-url-invalid}; the message never holds the text, which may
     *     carry a password
     */
    public static DatabaseAddress parse(String url) {
        String text = url.strip();
        String rest = text.replaceFirst("^(jdbc:)?(postgresql|postgres)://", "");
        if (rest.equals(text)) {
            throw invalid("does not begin with postgresql:// or jdbc:postgresql://");
        }
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        int slash = place.indexOf('/');
        if (slash < 0 || slash == place.length() - 1) {
            throw invalid("names no database");
        }
        Parts parts = new Parts(place.substring(0, slash), query);
        if (parts.hosts.isEmpty()) {
            throw invalid("names no host");
        }
        if (parts.user.isEmpty() || parts.password.isEmpty()) {
            throw invalid("names no user or no password");
        }
        return new DatabaseAddress(
                "jdbc:postgresql://" + parts.hosts + place.substring(slash) + parts.parameters(),
                parts.user,
                parts.password);
    }

    /**
     * Returns the password of another role on this database: HMAC-SHA-256 (RFC 2104) of the role's name under the
     * owner's password, in base64url. Every node derives the same one, so none has to be stored or passed around.
     */
    public String derivedPassword(String role) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ownerPassword.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal(("mortise role " + role).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    /** Returns the address without the password. */
    @Override
    public String toString() {
        return ownerUser + " at " + jdbcUrl.replaceFirst("\\?.*", "");
    }

    private static MortiseException invalid(String what) {
        return new MortiseException(KernelError.DATABASE_URL_INVALID, "The database URL " + what, EXAMPLE);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("has a percent sign that encodes nothing");
        }
    }

    /** Authority and query, taken apart: credentials may stand in either. */
    private static final class Parts {
        private final String hosts;
        private final List<String> others = new ArrayList<>();
        private String user = "";
        private String password = "";

        Parts(String authority, String query) {
            int at = authority.lastIndexOf('@');
            hosts = authority.substring(at + 1);
            if (at >= 0) {
                String[] credentials = authority.substring(0, at).split(":", 2);
                user = decode(credentials[0]);
                password = credentials.length > 1 ? decode(credentials[1]) : "";
            }
            for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
                if (parameter.startsWith("user=")) {
                    user = decode(parameter.substring("user=".length()));
                } else if (parameter.startsWith("password=")) {
                    password = decode(parameter.substring("password=".length()));
                } else {
                    others.add(parameter);
                }
            }
        }

        String parameters() {
            return others.isEmpty() ? "" : "?" + String.join("&", others);
        }
    }
}
