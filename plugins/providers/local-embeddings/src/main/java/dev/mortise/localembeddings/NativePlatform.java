package dev.mortise.localembeddings;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ModelError;
import java.util.Locale;

/**
 * The platform that the server runs on, as ONNX Runtime's artifact names it.
 *
 * @param name such as {@code linux-x64}
 */
record NativePlatform(String name) {
    /**
     * Returns the platform of this process.
     *
     * @throws MortiseException with {@code model.unavailable} when the plugin brings no library for it
     */
    static NativePlatform current() {
        NativePlatform platform = of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (NativePlatform.class.getResource(platform.library()) == null) {
            throw new MortiseException(
                    ModelError.UNAVAILABLE,
                    "This plugin brings no native library for " + platform.name,
                    "Run the server on Linux (x64 or aarch64), or use the plugin openai with an embedding server");
        }
        return platform;
    }

    static NativePlatform of(String system, String architecture) {
        String family = system.toLowerCase(Locale.ROOT).replaceAll("[^a-z].*", "");
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x64";
            case "arm64" -> "aarch64";
            default -> architecture;
        };
        return new NativePlatform(family + "-" + processor);
    }

    /** Returns the resource that holds the library. */
    String library() {
        return "/ai/onnxruntime/native/" + name + "/libonnxruntime.so";
    }
}
