package dev.mortise.localembeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelProvider;
import dev.mortise.kernel.testkit.Collected;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin in a real server, updated while it is called. */
@Tag("K2")
final class LocalEmbeddingsIT {
    private static final Path JAR = Path.of("target/mortise-local-embeddings-0.1.0.jar");
    private static final List<String> TEXTS = List.of("My brakes squeal", "größe 東京 😀");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anUpdateUnderCallsFailsNoneAndLeavesNothingBehind() throws Exception {
        try (TestKernel kernel = TestKernel.start(JAR)) {
            List<Embedding> expected = embed(kernel);
            WeakReference<ClassLoader> old = new WeakReference<>(loaderOf(kernel));
            AtomicBoolean updated = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> callers = Stream.generate(() -> threads.submit(() -> {
                            int calls = 0;
                            for (; !updated.get(); calls++) {
                                assertThat(embed(kernel)).isEqualTo(expected);
                            }
                            return calls;
                        }))
                        .limit(4)
                        .toList();
                kernel.asTenant().run(() -> kernel.plugins().update(newer()));
                updated.set(true);
                for (Future<Integer> caller : callers) {
                    assertThat(caller.get()).isPositive();
                }
            }
            assertThat(embed(kernel)).isEqualTo(expected);
            assertThat(loaderOf(kernel)).isNotSameAs(old.get());
            assertThat(Collected.within(old))
                    .as("the old version's class loader is collected")
                    .isTrue();
        }
    }

    private static List<Embedding> embed(TestKernel kernel) {
        return kernel.call(
                ModelProvider.class,
                "local-embeddings",
                provider -> ((EmbeddingModel) provider.models().getFirst())
                        .embed(EmbeddingRequest.of(TEXTS))
                        .embeddings());
    }

    private static ClassLoader loaderOf(TestKernel kernel) {
        return kernel.call(
                ModelProvider.class,
                "local-embeddings",
                provider -> provider.getClass().getClassLoader());
    }

    /** Returns the same plugin under a newer version. */
    private Path newer() {
        Path copy = folder.resolve("newer.jar");
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.putValue("Plugin-Version", "0.1.1");
            attributes.putValue("Bundle-Version", "0.1.1");
            try (OutputStream file = Files.newOutputStream(copy);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                out.setLevel(Deflater.BEST_SPEED);
                for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        try (InputStream in = jar.getInputStream(entry)) {
                            in.transferTo(out);
                        }
                    }
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
