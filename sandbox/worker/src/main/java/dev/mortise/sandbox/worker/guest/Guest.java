package dev.mortise.sandbox.worker.guest;

import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.guest.Failures.Failure;
import dev.mortise.sandbox.worker.lock.CpuClock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls, one after the other, on one thread.
 *
 * @since 0.1
 */
public final class Guest {
    private static final int MOST_SOURCES = 64;

    private final Dialect dialect;
    private final CpuClock clock;
    private final Console console = new Console();
    private final Engine engine;
    private final Source bootstrap;

    // The engine keeps what it made of a source for as long as somebody has the source.
    private final Map<Text, Source> sources = new LinkedHashMap<>(MOST_SOURCES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, Source> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    private @Nullable Kept kept;

    private record Text(String name, String source) {}

    /** What two calls must have in common for the second to find what the first one's top level made. */
    private record Key(Text text, String entry, List<String> functions, int cpuMillis, int frames) {
        static Key of(Message.Call call) {
            return new Key(
                    new Text(call.name(), call.source()),
                    call.entry(),
                    call.functions(),
                    call.cpuMillis(),
                    call.frames());
        }
    }

    private record Kept(Key key, Session session) {}

    /** Starts the language's engine. */
    public Guest(Dialect dialect, CpuClock clock) {
        this.dialect = dialect;
        this.clock = clock;
        this.engine = Engine.newBuilder(dialect.language())
                .sandbox(SandboxPolicy.CONSTRAINED)
                .in(InputStream.nullInputStream())
                .out(console)
                .err(console)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        this.bootstrap = dialect.bootstrap();
    }

    /** Returns the engine's name and version. */
    public String name() {
        return dialect.engine() + " " + engine.getVersion();
    }

    /** Runs a call to its end, whatever that is. The host must not throw. */
    public Message call(Message.Call call, Host host) {
        long before = clock.nanos();
        Log log = new Log(call.logBytes());
        console.to(log);
        Object result = ended(call, log, host);
        long micros = (clock.nanos() - before) / 1_000;
        return result instanceof Failure failure
                ? failure.after(micros, call.cpuMillis()).of(log.text(), micros)
                : new Message.Returned((String) result, log.text(), micros);
    }

    private Object ended(Message.Call call, Log log, Host host) {
        Key key = Key.of(call);
        Session session = null;
        boolean lasting = false;
        try {
            session = taken(key, call);
            boolean known = session != null;
            if (session == null) {
                session = new Session(engine, dialect, bootstrap, source(key.text()), call);
            }
            session.begin(call.input(), log, host);
            Object result = known ? result(session, call) : first(session, call);
            lasting = call.warm() && session.hasEntry() && !(result instanceof Failure failure && !failure.lasting());
            return result;
        } catch (StackOverflowError e) {
            return Failures.deep();
        } finally {
            if (session != null && lasting) {
                kept = new Kept(key, session);
            } else if (session != null) {
                session.close();
            }
        }
    }

    private @Nullable Session taken(Key key, Message.Call call) {
        Kept last = kept;
        kept = null;
        if (last == null || (call.warm() && last.key().equals(key))) {
            return last == null ? null : last.session();
        }
        last.session().close();
        return null;
    }

    private Object first(Session session, Message.Call call) {
        Value parsed;
        try {
            parsed = session.parsed();
        } catch (PolyglotException e) {
            return Failures.unread(e, session.source());
        }
        try {
            session.load(parsed, call.entry());
        } catch (PolyglotException e) {
            return Failures.thrown(e, session);
        }
        return result(session, call);
    }

    private static Object result(Session session, Message.Call call) {
        String said;
        try {
            said = session.result(call.outputBytes());
        } catch (PolyglotException e) {
            return Failures.thrown(e, session);
        }
        if (said.charAt(0) != '+') {
            return Failures.unusable(said.charAt(0), said.substring(1), call.outputBytes());
        }
        String json = said.substring(1);
        return json.length() * 3L > call.outputBytes()
                        && json.getBytes(StandardCharsets.UTF_8).length > call.outputBytes()
                ? Failures.tooLarge(call.outputBytes())
                : json;
    }

    private Source source(Text text) {
        return sources.computeIfAbsent(text, key -> dialect.source(key.name(), key.source()));
    }
}
