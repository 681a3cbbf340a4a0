package dev.mortise.localembeddings.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The mapped library and its functions. Opening the same file twice in one process is possible. Closing unmaps it; no
 * call may be running then.
 */
// Calling native code is what this class is for; the launcher allows it by --enable-native-access.
@SuppressWarnings("restricted")
final class OnnxLibrary implements AutoCloseable {
    /** The oldest version of the interface that has every function of {@link OnnxFunction}. */
    private static final int API_VERSION = 5;

    private static final MemoryLayout BASE = MemoryLayout.structLayout(ADDRESS, ADDRESS);

    private final Arena arena;
    private final Map<OnnxFunction, MethodHandle> functions = new EnumMap<>(OnnxFunction.class);

    private OnnxLibrary(Arena arena) {
        this.arena = arena;
    }

    static OnnxLibrary open(Path file) throws OnnxException {
        Arena arena = Arena.ofShared();
        try {
            OnnxLibrary library = new OnnxLibrary(arena);
            library.bind(SymbolLookup.libraryLookup(file, arena));
            return library;
        } catch (IllegalArgumentException e) {
            arena.close();
            throw new OnnxException("The system's loader cannot map " + file + ": " + e.getMessage(), e);
        } catch (OnnxException e) {
            arena.close();
            throw e;
        }
    }

    private void bind(SymbolLookup symbols) throws OnnxException {
        Linker linker = Linker.nativeLinker();
        MemorySegment base = (MemorySegment) invoke(linker.downcallHandle(
                symbols.findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(ADDRESS.withTargetLayout(BASE))));
        MemorySegment api = (MemorySegment) invoke(
                linker.downcallHandle(base.get(ADDRESS, 0), FunctionDescriptor.of(ADDRESS, JAVA_INT)), API_VERSION);
        if (api.address() == 0) {
            throw new OnnxException("The library does not offer version " + API_VERSION + " of its interface");
        }
        MemorySegment table =
                api.reinterpret(ADDRESS.byteSize() * (OnnxFunction.ADD_SESSION_CONFIG_ENTRY.position() + 1L));
        for (OnnxFunction function : OnnxFunction.values()) {
            functions.put(
                    function,
                    linker.downcallHandle(table.getAtIndex(ADDRESS, function.position()), function.descriptor()));
        }
    }

    /** Returns memory that lives as long as the mapped library. */
    Arena arena() {
        return arena;
    }

    /** Calls a function that returns a status, and throws the status' message when it is a failure. */
    void call(OnnxFunction function, Object... arguments) throws OnnxException {
        MemorySegment status = (MemorySegment) invoke(handle(function), arguments);
        if (status.address() == 0) {
            return;
        }
        MemorySegment text = (MemorySegment) invoke(handle(OnnxFunction.GET_ERROR_MESSAGE), status);
        String message = text.reinterpret(Long.MAX_VALUE).getString(0);
        release(OnnxFunction.RELEASE_STATUS, status);
        throw new OnnxException("ONNX Runtime refused " + function + ": " + message);
    }

    /** Calls a function whose last parameter receives a pointer, and returns that pointer. */
    MemorySegment create(OnnxFunction function, Object... arguments) throws OnnxException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment out = scratch.allocate(ADDRESS);
            Object[] all = new Object[arguments.length + 1];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            all[arguments.length] = out;
            call(function, all);
            return out.get(ADDRESS, 0);
        }
    }

    /** Gives an object back to the library. */
    void release(OnnxFunction function, MemorySegment object) throws OnnxException {
        invoke(handle(function), object);
    }

    private MethodHandle handle(OnnxFunction function) {
        MethodHandle handle = functions.get(function);
        if (handle == null) {
            throw new IllegalStateException(function + " was not bound");
        }
        return handle;
    }

    private static Object invoke(MethodHandle handle, Object... arguments) throws OnnxException {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new OnnxException("A call into the native library failed", e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
