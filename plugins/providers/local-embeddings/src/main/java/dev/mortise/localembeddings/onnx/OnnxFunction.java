package dev.mortise.localembeddings.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;

/**
 * The functions of the C interface that are used here. They are members of the structure {@code OrtApi}, whose order
 * never changes (onnxruntime_c_api.h: "The ordering of these fields MUST not change after that version has shipped").
 * All but the first and the releasing ones return a status, which is null for success.
 */
// A FunctionDescriptor is immutable by its specification, though not annotated as such.
@SuppressWarnings("ImmutableEnumChecker")
enum OnnxFunction {
    GET_ERROR_MESSAGE(2, FunctionDescriptor.of(ADDRESS, ADDRESS)),
    CREATE_ENV(3, FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS)),
    CREATE_SESSION(7, FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
    RUN(9, FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS)),
    CREATE_SESSION_OPTIONS(10, FunctionDescriptor.of(ADDRESS, ADDRESS)),
    DISABLE_MEM_PATTERN(17, FunctionDescriptor.of(ADDRESS, ADDRESS)),
    DISABLE_CPU_MEM_ARENA(19, FunctionDescriptor.of(ADDRESS, ADDRESS)),
    SET_INTRA_OP_THREADS(24, FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT)),
    CREATE_TENSOR_WITH_DATA(
            49, FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS)),
    CREATE_CPU_MEMORY_INFO(69, FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)),
    RELEASE_ENV(92, FunctionDescriptor.ofVoid(ADDRESS)),
    RELEASE_STATUS(93, FunctionDescriptor.ofVoid(ADDRESS)),
    RELEASE_MEMORY_INFO(94, FunctionDescriptor.ofVoid(ADDRESS)),
    RELEASE_SESSION(95, FunctionDescriptor.ofVoid(ADDRESS)),
    RELEASE_VALUE(96, FunctionDescriptor.ofVoid(ADDRESS)),
    RELEASE_SESSION_OPTIONS(100, FunctionDescriptor.ofVoid(ADDRESS)),
    ADD_SESSION_CONFIG_ENTRY(130, FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private final int position;
    private final FunctionDescriptor descriptor;

    OnnxFunction(int position, FunctionDescriptor descriptor) {
        this.position = position;
        this.descriptor = descriptor;
    }

    /** Returns the index of the function's pointer in {@code OrtApi}. */
    int position() {
        return position;
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }
}
