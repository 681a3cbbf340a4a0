package dev.mortise.localembeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingRequest;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads the plugin's classes several times into one process, each time by a class loader of its own, as an update does.
 */
@Tag("K2")
final class UnloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theClassLoaderOfAClosedModelIsCollected() throws Exception {
        List<WeakReference<ClassLoader>> loaders = List.of(useOnce(), useOnce(), useOnce());
        assertThat(becomesTrue(() -> loaders.stream().allMatch(loader -> loader.refersTo(null))))
                .as("every class loader is collected")
                .isTrue();
    }

    @Test
    void theNativeLibraryOfAClosedModelIsUnmapped() throws Exception {
        useOnce();
        assertThat(becomesTrue(() -> Files.readString(Path.of("/proc/self/maps"))
                        .lines()
                        .noneMatch(line -> line.contains(folder.toString()))))
                .as("no mapping of a file in %s", folder)
                .isTrue();
    }

    private WeakReference<ClassLoader> useOnce() throws Exception {
        // On a thread of its own, as the kernel calls plugins.
        Loaded loaded = new Loaded(folder);
        Thread thread = Thread.ofVirtual().start(loaded);
        thread.join();
        assertThat(loaded.dimensions).isEqualTo(LoadedModel.DIMENSIONS);
        return loaded.loader;
    }

    private static boolean becomesTrue(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            System.gc();
            Thread.onSpinWait();
        }
        return true;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static final class Loaded implements Runnable {
        private final Path folder;
        private WeakReference<ClassLoader> loader = new WeakReference<>(null);
        private int dimensions;

        Loaded(Path folder) {
            this.folder = folder;
        }

        @Override
        public void run() {
            URL[] classes = {
                LoadedModel.class.getProtectionDomain().getCodeSource().getLocation()
            };
            try (URLClassLoader own = new OwnFirst(classes)) {
                loader = new WeakReference<>(own);
                Class<?> models = own.loadClass(MiniLm.class.getName());
                assertThat(models.getClassLoader()).isSameAs(own);
                Constructor<?> create = models.getDeclaredConstructor(int.class);
                create.setAccessible(true);
                try (AutoCloseable model = (AutoCloseable) create.newInstance(2)) {
                    load(own, model);
                    dimensions = ((EmbeddingModel) model)
                            .embed(EmbeddingRequest.of(List.of("one", "two", "three")))
                            .embeddings()
                            .getFirst()
                            .dimensions();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void load(ClassLoader own, Object model) throws ReflectiveOperationException {
            Class<?> platforms = own.loadClass(NativePlatform.class.getName());
            Class<?> networks = own.loadClass(LoadedModel.class.getName());
            Method current = platforms.getDeclaredMethod("current");
            Method read = networks.getDeclaredMethod("read", platforms, JsonMapper.class, Path.class);
            Method load = model.getClass().getDeclaredMethod("load", Callable.class);
            for (Method method : List.of(current, read, load)) {
                method.setAccessible(true);
            }
            Object platform = current.invoke(null);
            Callable<Object> source = () -> read.invoke(null, platform, new JsonMapper(), folder);
            load.invoke(model, source);
        }
    }

    /** Loads the plugin's classes itself and everything else from the tests' class loader. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] classes) {
            super(classes, UnloadTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("dev.mortise.localembeddings.")) {
                    Class<?> known = findLoadedClass(name);
                    return known == null ? findClass(name) : known;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
