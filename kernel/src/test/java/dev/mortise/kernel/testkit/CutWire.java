package dev.mortise.kernel.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A wire to a server that can be cut, slowed, or go silent as a broken network does. */
public final class CutWire implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;
    private volatile Duration delay = Duration.ZERO;

    private enum State {
        WHOLE,
        CUT,
        SILENT
    }

    /** Makes a wire from the loopback address to a port of it. */
    public CutWire(int target) {
        this(InetAddress.getLoopbackAddress(), target);
    }

    /** Makes a wire from an address of this machine to a port of the loopback address. */
    public CutWire(InetAddress address, int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 200, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns the port of the near end. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Breaks all connections and refuses new ones, as a server that is down. */
    public void cut() {
        state = State.CUT;
        closeAll();
    }

    /** Passes nothing on and answers nothing, as a network that drops every packet. */
    public void silence() {
        state = State.SILENT;
    }

    /** Delays everything in both directions. */
    public void slow(Duration by) {
        delay = by;
    }

    /** Ends the trouble; what was silent stays broken. */
    public void mend() {
        delay = Duration.ZERO;
        boolean wasSilent = state == State.SILENT;
        state = State.WHOLE;
        if (wasSilent) {
            closeAll();
        }
    }

    private void closeAll() {
        open.forEach(CutWire::close);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                if (state == State.CUT) {
                    near.close();
                    continue;
                }
                open.add(near);
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pump(near, far));
                Thread.ofVirtual().start(() -> pump(far, near));
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                while (state == State.SILENT && !from.isClosed()) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                if (delay.isPositive()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            close(to);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
    }
}
