package dev.mortise.sandbox.worker.guest;

import dev.mortise.sandbox.frame.Message;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** A context, and what a script's top level has made in it. */
final class Session implements AutoCloseable {
    private static final int HEADROOM = 200;

    private final Source source;
    private final Context context;
    private final Value run;
    private Log log = new Log(0);
    private Host host = Host.NOBODY;
    private @Nullable Value entry;
    private @Nullable Value completion;

    /** Opens a context with the limits and the functions of a call. */
    Session(Engine engine, Dialect dialect, Source bootstrap, Source source, Message.Call call) {
        this.source = source;
        this.context = Context.newBuilder(dialect.language())
                .engine(engine)
                .sandbox(SandboxPolicy.CONSTRAINED)
                .option("sandbox.MaxCPUTime", call.cpuMillis() + "ms")
                .option("sandbox.MaxStackFrames", Integer.toString(call.frames()))
                .build();
        ProxyExecutable write = arguments -> {
            log.add(arguments[0].asString());
            return true;
        };
        ProxyExecutable ask = arguments -> ask(arguments[0].asString(), arguments[1].asString());
        this.run = context.eval(bootstrap).execute(write, ask, names(call));
    }

    /** Starts a call: time begins anew, what is written goes to this log, what is asked to this host. */
    void begin(String input, Log currentLog, Host currentHost) {
        log = currentLog;
        host = currentHost;
        context.resetLimits();
        run.execute("input", input);
    }

    /**
     * Reads the script.
     *
     * @throws PolyglotException when it is none; nothing of it has run then
     */
    Value parsed() {
        return context.parse(source);
    }

    /** Runs the script's top level. */
    void load(Value parsed, String name) {
        completion = parsed.execute();
        Value found = context.getBindings(source.getLanguage()).getMember(name);
        entry = found != null && found.canExecute() ? found : null;
    }

    /** Tells whether the script can be called again without its top level. */
    boolean hasEntry() {
        return entry != null;
    }

    /**
     * Calls the script's function, or takes the value of its last expression. Returns what the bootstrap says of it.
     */
    String result(int outputBytes) {
        String said = entry == null
                ? run.execute("value", completion, outputBytes).asString()
                : run.execute("call", entry, outputBytes).asString();
        // What a promise waits for has run by now: that happens before Java gets control back.
        return said.equals("P") ? run.execute("settled", null, outputBytes).asString() : said;
    }

    /** Has the bootstrap tell in words what was thrown, which may run the script's code, within its limits. */
    String described(Value thrown) {
        return run.execute("thrown", thrown).asString();
    }

    Source source() {
        return source;
    }

    @Override
    public void close() {
        context.close(true);
    }

    private String ask(String function, String arguments) {
        // A frame is written and its answer read as a whole, or not at all.
        headroom(HEADROOM);
        Message.HostReply reply = host.ask(new Message.HostCall(function, arguments));
        return (reply.answered() ? '+' : '!') + reply.text();
    }

    // Fails here rather than between a question and its answer when the script has used the stack up.
    private static int headroom(int depth) {
        return depth == 0 ? 0 : headroom(depth - 1) + 1;
    }

    private static String names(Message.Call call) {
        return call.functions().stream().map(Session::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("A host function has the name " + name);
        }
        return '"' + name + '"';
    }
}
