package dev.mortise.localembeddings.onnx;

/** The native library cannot be loaded, or refused a call. The message is the library's own where there is one. */
public final class OnnxException extends Exception {
    private static final long serialVersionUID = 1L;

    OnnxException(String message) {
        super(message);
    }

    OnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}
