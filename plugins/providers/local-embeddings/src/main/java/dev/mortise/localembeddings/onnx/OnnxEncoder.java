package dev.mortise.localembeddings.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A BERT encoder in the ONNX format: takes token ids, gives one row of numbers for each token. Thread-safe; every call
 * computes on the calling thread alone. Memory: the model's weights, plus about 10 kB for each token while a call runs.
 */
public final class OnnxEncoder implements AutoCloseable {
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT64 = 7;
    private static final int LOG_ERRORS_ONLY = 3;
    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEFAULT_MEMORY = 0;

    private final OnnxLibrary library;
    private final MemorySegment environment;
    private final MemorySegment session;
    private final MemorySegment memoryInfo;
    private final MemorySegment inputNames;
    private final MemorySegment outputNames;
    private final int dimensions;

    private OnnxEncoder(OnnxLibrary library, MemorySegment environment, Path model, int dimensions)
            throws OnnxException {
        this.library = library;
        this.environment = environment;
        this.dimensions = dimensions;
        Arena arena = library.arena();
        inputNames = names(arena, "input_ids", "attention_mask", "token_type_ids");
        outputNames = names(arena, "last_hidden_state");
        memoryInfo = library.create(OnnxFunction.CREATE_CPU_MEMORY_INFO, DEVICE_ALLOCATOR, DEFAULT_MEMORY);
        session = openSession(model);
    }

    /**
     * Maps the library and reads the model. Neither file is needed afterwards.
     *
     * @param libraryFile the native library of ONNX Runtime for this platform
     * @param modelFile the model
     * @param dimensions the length of a row
     * @throws OnnxException when the library does not fit this system or the model cannot be read
     */
    public static OnnxEncoder open(Path libraryFile, Path modelFile, int dimensions) throws OnnxException {
        OnnxLibrary library = OnnxLibrary.open(libraryFile);
        MemorySegment environment = MemorySegment.NULL;
        try {
            environment = library.create(
                    OnnxFunction.CREATE_ENV, LOG_ERRORS_ONLY, library.arena().allocateFrom("mortise"));
            return new OnnxEncoder(library, environment, modelFile, dimensions);
        } catch (OnnxException | RuntimeException e) {
            if (environment.address() != 0) {
                library.release(OnnxFunction.RELEASE_ENV, environment);
            }
            library.close();
            throw e;
        }
    }

    private MemorySegment openSession(Path model) throws OnnxException {
        MemorySegment options = library.create(OnnxFunction.CREATE_SESSION_OPTIONS);
        try (Arena scratch = Arena.ofConfined()) {
            // One thread for a call: results cannot depend on how sums are split, and parallelism is the caller's
            // choice.
            library.call(OnnxFunction.SET_INTRA_OP_THREADS, options, 1);
            // Without the arena and the patterns, memory goes back after each call instead of growing to the largest
            // one.
            library.call(OnnxFunction.DISABLE_CPU_MEM_ARENA, options);
            library.call(OnnxFunction.DISABLE_MEM_PATTERN, options);
            return library.create(
                    OnnxFunction.CREATE_SESSION, environment, scratch.allocateFrom(model.toString()), options);
        } finally {
            library.release(OnnxFunction.RELEASE_SESSION_OPTIONS, options);
        }
    }

    private static MemorySegment names(Arena arena, String... names) {
        MemorySegment array = arena.allocate(ADDRESS, names.length);
        for (int i = 0; i < names.length; i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(names[i]));
        }
        return array;
    }

    /**
     * Encodes one text. The time grows a little faster than the number of tokens.
     *
     * @param tokens the ids, with those that mark begin and end
     * @return the rows of all tokens one after the other
     * @throws OnnxException when the model refuses the tokens
     */
    public float[] encode(int[] tokens) throws OnnxException {
        try (Arena scratch = Arena.ofConfined()) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            long[] mask = new long[tokens.length];
            Arrays.fill(mask, 1);
            MemorySegment result = scratch.allocate(JAVA_FLOAT, (long) tokens.length * dimensions);
            MemorySegment values = scratch.allocate(ADDRESS, 4);
            try {
                values.setAtIndex(ADDRESS, 0, longs(scratch, ids));
                values.setAtIndex(ADDRESS, 1, longs(scratch, mask));
                values.setAtIndex(ADDRESS, 2, longs(scratch, new long[tokens.length]));
                values.setAtIndex(ADDRESS, 3, tensor(scratch, result, TYPE_FLOAT, 1, tokens.length, dimensions));
                run(values);
                return result.toArray(JAVA_FLOAT);
            } finally {
                releaseAll(values);
            }
        }
    }

    private void run(MemorySegment values) throws OnnxException {
        library.call(
                OnnxFunction.RUN,
                session,
                MemorySegment.NULL,
                inputNames,
                values,
                3L,
                outputNames,
                1L,
                values.asSlice(3 * ADDRESS.byteSize()));
    }

    private MemorySegment longs(Arena scratch, long[] numbers) throws OnnxException {
        return tensor(scratch, scratch.allocateFrom(JAVA_LONG, numbers), TYPE_INT64, 1, numbers.length);
    }

    /** Describes memory of ours as a tensor; the library reads and writes it in place. */
    private MemorySegment tensor(Arena scratch, MemorySegment data, int type, long... shape) throws OnnxException {
        return library.create(
                OnnxFunction.CREATE_TENSOR_WITH_DATA,
                memoryInfo,
                data,
                data.byteSize(),
                scratch.allocateFrom(JAVA_LONG, shape),
                (long) shape.length,
                type);
    }

    private void releaseAll(MemorySegment values) throws OnnxException {
        for (int i = 0; i < 4; i++) {
            MemorySegment value = values.getAtIndex(ADDRESS, i);
            if (value.address() != 0) {
                library.release(OnnxFunction.RELEASE_VALUE, value);
            }
        }
    }

    /** Frees the model and unmaps the library; no call may be running. */
    @Override
    public void close() throws OnnxException {
        library.release(OnnxFunction.RELEASE_SESSION, session);
        library.release(OnnxFunction.RELEASE_MEMORY_INFO, memoryInfo);
        library.release(OnnxFunction.RELEASE_ENV, environment);
        library.close();
    }
}
