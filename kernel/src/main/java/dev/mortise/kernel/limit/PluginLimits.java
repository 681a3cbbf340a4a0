package dev.mortise.kernel.limit;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.limit.Limits;
import dev.mortise.api.limit.Permit;
import dev.mortise.api.limit.Rate;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The limits of one load of a plugin. */
final class PluginLimits implements Limits {
    private static final int LONGEST_PLAIN_KEY = 64;

    private final ConcurrentMap<String, Rate> declared = new ConcurrentHashMap<>();
    private final String plugin;
    private final LimitDirectory directory;
    private final RateLimiter limiter;

    PluginLimits(String plugin, LimitDirectory directory, RateLimiter limiter) {
        this.plugin = plugin;
        this.directory = directory;
        this.limiter = limiter;
    }

    @Override
    public void declare(String name, Rate standard) {
        if (!name.matches("[a-z0-9.-]{1,60}")) {
            throw invalid("\"" + name + "\" is no name of a limit", "Use lower-case letters, digits, dots and hyphens");
        }
        declared.put(name, standard);
    }

    @Override
    public Permit tryAcquire(String name, String key, long cost) {
        Rate standard = declared.get(name);
        if (standard == null) {
            throw invalid("The limit \"" + name + "\" was not declared", "Call declare when the plugin starts");
        }
        if (cost < 1) {
            throw invalid("The limit \"" + name + "\" was asked for " + cost, "Ask for at least 1");
        }
        TenantId tenant = CallContext.current().tenant();
        String limit = TenantLimits.PLUGIN + plugin + " " + name;
        Rate rate = directory.of(tenant).rates().getOrDefault(limit, standard);
        return limiter.take(tenant, limit + " " + shortened(key), rate, cost);
    }

    private MortiseException invalid(String what, String remedy) {
        return new MortiseException(ApiError.INPUT_INVALID, what + " (plugin " + plugin + ")", remedy);
    }

    private static String shortened(String key) {
        if (key.length() <= LONGEST_PLAIN_KEY && key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            return key;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256 " + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
