package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.guest.Guest;
import dev.mortise.sandbox.worker.lock.LinuxCalls;
import dev.mortise.sandbox.worker.lock.SelfLock;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The process that runs user code: warms up, gives up what it does not need, says so, and answers calls until the
 * server goes away. Its standard input and output belong to the frames.
 *
 * @since 0.1
 */
public final class Worker {
    /** The deepest script that the limits allow fits, with room to spare. */
    private static final long STACK_BYTES = 8L << 20;

    private static final int PIPE_BYTES = 64 << 10;

    private final Settings settings;
    private final Optional<LinuxCalls> calls;
    private final Exit exit;

    private Worker(Settings settings, Optional<LinuxCalls> calls, Exit exit) {
        this.settings = settings;
        this.calls = calls;
        this.exit = exit;
    }

    /** Starts the worker. It takes no arguments but the system properties that its README names. */
    public static void main(String[] arguments) {
        OutputStream frames = new FileOutputStream(FileDescriptor.out);
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), PIPE_BYTES);
        PrintStream log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setIn(InputStream.nullInputStream());
        System.setOut(log);
        System.setErr(log);
        Optional<LinuxCalls> calls = LinuxCalls.find();
        Exit exit = new Exit(calls, log);
        Worker worker = new Worker(Settings.ofSystem(), calls, exit);
        new Thread(null, () -> worker.work(new Pipe(in, frames, exit)), "guest", STACK_BYTES).start();
    }

    private void work(Pipe pipe) {
        try {
            if (settings.unpacks().isPresent()) {
                settings.dialect().unpack(settings.unpacks().get());
                return;
            }
            Guest guest = new Guest(settings.dialect(), CpuClocks.of(calls));
            if (settings.trains()) {
                new WarmUp(settings.dialect(), guest).train();
            } else {
                new Watchdog(calls, exit).start();
                new WarmUp(settings.dialect(), guest).run();
                pipe.write(confined(guest.name()));
                pipe.serve(guest);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            throw exit.now(Exit.BROKEN, "It cannot work: " + e);
        }
    }

    private Message.Ready confined(String engine) {
        Optional<SelfLock> own = calls.map(SelfLock::new);
        boolean limited = own.map(lock -> lock.limit(settings.limits())).orElse(false);
        boolean locked = settings.locks()
                && own.map(lock -> lock.lock(settings.dialect().readsFiles())).orElse(false);
        return new Message.Ready(locked, limited, engine);
    }
}
