package dev.mortise.sandbox.worker.testkit;

import dev.mortise.sandbox.worker.Worker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What somebody could do who had got out of the language altogether: it stands beside the worker in its process, waits
 * until the lock holds, tries everything, and writes to standard error what it could do.
 */
public final class EscapeProbe {
    /** The last line of what it writes. */
    public static final String END = "end of the probe";

    private static final int REFUSED = -13;
    private static final int UNKNOWN = -38;

    private EscapeProbe() {}

    /** Starts the worker, and then does what it can. */
    public static void main(String[] arguments) throws Exception {
        PrintStream report = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        RawCalls raw = new RawCalls();
        Map<String, Callable<?>> actions = actions();
        Map<String, RawCalls.Raw> rawCalls = raw.all();
        // Before the lock, since a class that cannot be loaded would prove nothing.
        Files.readAllBytes(Path.of("/proc/self/status"));
        Worker.main(arguments);
        while (!raw.locked()) {
            Thread.onSpinWait();
        }
        actions.forEach((name, action) -> tryIt(name, action, report));
        rawCalls.forEach((name, call) -> tryIt("system call " + name, () -> succeeded(call.call()), report));
        report.println(END);
    }

    private static Object succeeded(long value) throws IOException {
        if (value == REFUSED || value == UNKNOWN) {
            throw new IOException("refused");
        }
        return value;
    }

    private static void tryIt(String name, Callable<?> action, PrintStream report) {
        try {
            report.println("allowed: " + name + " (" + action.call() + ")");
        } catch (Exception | Error e) {
            report.println("refused: " + name);
        }
    }

    @SuppressWarnings("restricted")
    private static Map<String, Callable<?>> actions() {
        Map<String, Callable<?>> actions = new LinkedHashMap<>();
        actions.put(
                "read a file", () -> Files.readString(Path.of("/etc/passwd")).length());
        actions.put("read a secret file", () -> Files.readAllBytes(Path.of("/etc/shadow")).length);
        actions.put("read its environment", () -> Files.readAllBytes(Path.of("/proc/self/environ")).length);
        actions.put("read another process", () -> Files.readAllBytes(Path.of("/proc/1/cmdline")).length);
        actions.put("list a folder", () -> {
            try (var files = Files.list(Path.of("/"))) {
                return files.count();
            }
        });
        actions.put("look at a file", () -> Files.getLastModifiedTime(Path.of("/etc/passwd")));
        actions.put("write a file", () -> Files.writeString(Path.of("/tmp/mortise-escaped"), "x"));
        actions.put("make a folder", () -> Files.createDirectory(Path.of("/tmp/mortise-escaped-folder")));
        actions.put("make a link", () -> Files.createSymbolicLink(Path.of("/tmp/mortise-escaped-link"), Path.of("/")));
        actions.put("map a file", () -> {
            try (FileChannel channel = FileChannel.open(Path.of("/etc/passwd"))) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, 1).get();
            }
        });
        actions.put("connect", () -> {
            try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 22)) {
                return socket.isConnected();
            }
        });
        actions.put("listen", () -> {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        });
        actions.put("send a datagram", () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(
                        new DatagramPacket(new byte[1], 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 53));
                return true;
            }
        });
        actions.put("connect within the machine", () -> {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                return channel.isOpen();
            }
        });
        actions.put("find a host", () -> InetAddress.getAllByName("example.org").length);
        actions.put(
                "start a process", () -> new ProcessBuilder("/bin/true").start().pid());
        actions.put(
                "end a process", () -> other(ProcessHandle.current().parent().isPresent()));
        actions.put("load a library", () -> {
            System.load(Path.of(System.getProperty("java.home"), "lib", "libinstrument.so")
                    .toString());
            return true;
        });
        actions.put("have an environment", () -> other(!System.getenv().isEmpty()));
        return actions;
    }

    private static Object other(boolean there) throws IOException {
        if (!there) {
            throw new IOException("nothing there");
        }
        return true;
    }

    /** System calls by their numbers on x86-64. */
    private static final class RawCalls {
        private static final int KILL_CHILD = 17;

        private final MethodHandle syscall;
        private final VarHandle errno;
        private final MemorySegment state;
        private final MemorySegment memory = Arena.global().allocate(4096, 16);

        @SuppressWarnings("restricted")
        RawCalls() {
            Linker linker = Linker.nativeLinker();
            ValueLayout word = ValueLayout.JAVA_LONG;
            syscall = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word),
                    Linker.Option.captureCallState("errno"));
            errno = Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
            state = Arena.global().allocate(Linker.Option.captureStateLayout());
        }

        long text(String value) {
            return Arena.global().allocateFrom(value).address();
        }

        /** Asks by {@code prctl(PR_GET_SECCOMP)}, which the lock refuses to answer. */
        boolean locked() {
            return call(157, 21, 0, 0, 0, 0) == REFUSED;
        }

        private long call(long number, long a, long b, long c, long d, long e) {
            try {
                long value = (long) syscall.invokeExact(state, number, a, b, c, d, e);
                return value == -1 ? -(int) errno.get(state, 0L) : value;
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }

        @FunctionalInterface
        interface Raw {
            long call();
        }

        Map<String, Raw> all() {
            long root = text("/");
            long file = text("/tmp/mortise-escaped");
            long at = memory.address();
            long self = ProcessHandle.current().pid();
            Map<String, Raw> calls = new LinkedHashMap<>();
            calls.put("open", () -> call(2, root, 0, 0, 0, 0));
            calls.put("openat", () -> call(257, -100, root, 0, 0, 0));
            calls.put("openat2", () -> call(437, -100, root, at, 24, 0));
            calls.put("creat", () -> call(85, file, 0600, 0, 0, 0));
            calls.put("unlink", () -> call(87, file, 0, 0, 0, 0));
            calls.put("rename", () -> call(82, file, file, 0, 0, 0));
            calls.put("mkdir", () -> call(83, file, 0700, 0, 0, 0));
            calls.put("chmod", () -> call(90, file, 0700, 0, 0, 0));
            calls.put("chroot", () -> call(161, root, 0, 0, 0, 0));
            calls.put("mount", () -> call(165, root, root, 0, 4096, 0));
            calls.put("socket of the internet", () -> call(41, 2, 1, 0, 0, 0));
            calls.put("socket of the machine", () -> call(41, 1, 1, 0, 0, 0));
            calls.put("socket of the kernel", () -> call(41, 16, 3, 0, 0, 0));
            calls.put("socketpair", () -> call(53, 1, 1, 0, at, 0));
            calls.put("connect", () -> call(42, 0, at, 16, 0, 0));
            calls.put("bind", () -> call(49, 0, at, 16, 0, 0));
            calls.put("execve", () -> call(59, file, at, at, 0, 0));
            calls.put("execveat", () -> call(322, -100, file, at, at, 0));
            calls.put("fork", () -> call(57, 0, 0, 0, 0, 0));
            calls.put("clone of a process", () -> call(56, KILL_CHILD, 0, 0, 0, 0));
            calls.put("clone3", () -> call(435, at, 64, 0, 0, 0));
            calls.put("ptrace", () -> call(101, 0, 0, 0, 0, 0));
            calls.put("process_vm_readv", () -> call(310, self, at, 0, at, 0));
            calls.put("process_vm_writev", () -> call(311, self, at, 0, at, 0));
            calls.put("pidfd_open", () -> call(434, self, 0, 0, 0, 0));
            calls.put("pidfd_getfd", () -> call(438, 0, 0, 0, 0, 0));
            calls.put("kill", () -> call(62, 1, 0, 0, 0, 0));
            calls.put("tkill", () -> call(200, 1, 0, 0, 0, 0));
            calls.put("tgkill of another", () -> call(234, 1, 1, 0, 0, 0));
            calls.put("memfd_create", () -> call(319, file, 0, 0, 0, 0));
            calls.put("shmget", () -> call(29, 0, 4096, 0600, 0, 0));
            calls.put("prctl that makes it readable", () -> call(157, 4, 1, 0, 0, 0));
            calls.put("prctl that filters", () -> call(157, 22, 2, at, 0, 0));
            calls.put("seccomp", () -> call(317, 1, 0, at, 0, 0));
            calls.put("personality", () -> call(135, 0xffffffffL, 0, 0, 0, 0));
            calls.put("unshare", () -> call(272, 0x10000000, 0, 0, 0, 0));
            calls.put("setns", () -> call(308, 0, 0, 0, 0, 0));
            calls.put("bpf", () -> call(321, 0, at, 16, 0, 0));
            calls.put("perf_event_open", () -> call(298, at, 0, -1, -1, 0));
            calls.put("io_uring_setup", () -> call(425, 1, at, 0, 0, 0));
            calls.put("userfaultfd", () -> call(323, 0, 0, 0, 0, 0));
            calls.put("keyctl", () -> call(250, 0, -3, 0, 0, 0));
            calls.put("setuid", () -> call(105, 0, 0, 0, 0, 0));
            calls.put("prlimit64 that sets", () -> call(302, 0, 7, at, 0, 0));
            calls.put("ioctl that types", () -> call(16, 0, 0x5412, at, 0, 0));
            calls.put("init_module", () -> call(175, at, 0, at, 0, 0));
            return calls;
        }
    }
}
