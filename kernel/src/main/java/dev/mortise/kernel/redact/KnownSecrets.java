package dev.mortise.kernel.redact;

import ch.qos.logback.classic.LoggerContext;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The values of secrets that this process has handled lately, so that they are not shown whatever shape they have. At
 * most {@value #MOST} of 8 characters and more that are not one short word: others would take parts of ordinary text
 * out.
 *
 * <p>It hangs on Logback's context, because what the log must not show is, as the log itself, one for the process.
 */
public final class KnownSecrets {
    private static final String KEY = KnownSecrets.class.getName();
    private static final int MOST = 256;
    private static final int SHORTEST = 8;

    private final Cache<String, Boolean> values =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private KnownSecrets() {}

    /** Makes a store that {@link Redaction} looks into, until {@link #uninstall}. */
    public static KnownSecrets install() {
        KnownSecrets made = new KnownSecrets();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            synchronized (context) {
                installed(context).all().add(made);
            }
        }
        return made;
    }

    /** Takes the store away again. */
    public void uninstall() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            synchronized (context) {
                installed(context).all().remove(this);
            }
        }
        values.invalidateAll();
    }

    private record Installed(List<KnownSecrets> all) {}

    private static Installed installed(LoggerContext context) {
        if (context.getObject(KEY) instanceof Installed known) {
            return known;
        }
        Installed made = new Installed(new CopyOnWriteArrayList<>());
        context.putObject(KEY, made);
        return made;
    }

    /** Remembers a value. */
    public void add(String value) {
        String stripped = value.strip();
        boolean isWord = stripped.length() < 16 && stripped.chars().allMatch(Character::isLetter);
        if (stripped.length() >= SHORTEST && !isWord) {
            values.put(stripped, true);
        }
    }

    /** Returns the text without the values that any running server of this process has handled. */
    static String redact(String text) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context) || !(context.getObject(KEY) instanceof Installed installed)) {
            return text;
        }
        String redacted = text;
        for (KnownSecrets known : installed.all()) {
            for (String value : known.values.asMap().keySet()) {
                redacted = redacted.contains(value) ? redacted.replace(value, SecretText.MASK) : redacted;
            }
        }
        return redacted;
    }

    @Override
    public String toString() {
        return "KnownSecrets[" + values.estimatedSize() + " values]";
    }
}
