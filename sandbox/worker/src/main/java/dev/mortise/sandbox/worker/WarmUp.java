package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.frame.FrameReader;
import dev.mortise.sandbox.frame.FrameWriter;
import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.guest.Dialect;
import dev.mortise.sandbox.worker.guest.Guest;
import dev.mortise.sandbox.worker.guest.Host;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.SecureRandom;
import java.time.zone.ZoneRulesProvider;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import java.util.logging.LogManager;
import java.util.regex.Pattern;

/**
 * Makes ready what scripts need. Behind the lock no file can be opened any more: what is read from a file when it is
 * first used is used here, and all libraries are opened, from which classes and tables can be read later on. Then come
 * the first scripts of {@code warm-up.js} or {@code warm-up.py}, whose scripts lie between lines of four comment signs,
 * since the first call shall not be slow; the others only train the JVM's cache.
 */
final class WarmUp {
    private static final Pattern BETWEEN = Pattern.compile("(?m)^(?:////|####).*$");
    private static final Host ECHO = call -> new Message.HostReply(true, call.arguments());
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_RESULT = 4_000;
    private static final int ROUNDS = 8;
    private static final int FREQUENT = 2;

    private final Dialect dialect;
    private final Guest guest;

    WarmUp(Dialect dialect, Guest guest) {
        this.dialect = dialect;
        this.guest = guest;
    }

    void run() throws IOException {
        openLibraries();
        readTables();
        String[] scripts = scripts();
        for (int i = 0; i < ROUNDS; i++) {
            run(i % 2 == 0, scripts[i / 2 % FREQUENT]);
        }
    }

    /** Runs all that there is. */
    void train() throws IOException {
        run();
        for (String script : scripts()) {
            run(false, script);
        }
    }

    private String[] scripts() {
        return BETWEEN.split(dialect.warmUp());
    }

    // By frames, so that these are known as well.
    private void run(boolean warm, String script) throws IOException {
        Message.Call call = new Message.Call(
                warm,
                "warm-up",
                script,
                "main",
                "{\"a\":[1,\"ü\"]}",
                List.of("fetch", "state.get"),
                10_000,
                500,
                MOST_RESULT,
                500);
        Message read = sent(call);
        if (read instanceof Message.Call received) {
            sent(guest.call(received, ECHO));
        }
    }

    private static Message sent(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameWriter(bytes).write(message);
        return new FrameReader(new ByteArrayInputStream(bytes.toByteArray()), 2 * MOST_BYTES).read();
    }

    // Random numbers, time zones, currencies, and the settings of the JDK's logging, which its libraries start.
    private static void readTables() {
        new SecureRandom().nextBytes(new byte[8]);
        Objects.requireNonNull(ZoneRulesProvider.getRules("Europe/Berlin", false));
        TimeZone.getTimeZone("Asia/Tokyo");
        Currency.getInstance("EUR");
        LogManager.getLogManager();
    }

    // Twice: as the class loader opens them, and as the URLs do by which libraries read their tables.
    private static void openLibraries() throws IOException {
        for (URL manifest : Collections.list(WarmUp.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = manifest.openStream()) {
                in.readAllBytes();
            }
        }
    }
}
