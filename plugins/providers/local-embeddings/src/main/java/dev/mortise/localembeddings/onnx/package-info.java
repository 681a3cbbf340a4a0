/**
 * ONNX Runtime, called through its C interface by Java's foreign function interface. The project's own Java binding is
 * not used because it cannot be unloaded: it registers a shutdown hook that keeps its class loader alive, and its JNI
 * library stays mapped until then. Here the library is mapped and unmapped with an {@link java.lang.foreign.Arena}, so
 * a hot update of the plugin leaves nothing behind. Nothing here knows about texts or tokens' meaning.
 *
 * <pre>{@code
 * try (OnnxEncoder encoder = OnnxEncoder.open(library, model, 384)) {
 *     float[] rows = encoder.encode(new int[] {101, 7592, 102});
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.localembeddings.onnx;

import org.jspecify.annotations.NullMarked;
