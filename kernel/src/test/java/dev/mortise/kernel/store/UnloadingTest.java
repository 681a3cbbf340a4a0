package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.testkit.Collected;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Nothing of the store keeps a plugin's classes alive once it is closed. */
@Tag("K1")
@Timeout(120)
class UnloadingTest {
    private static final String SOURCE = """
            package throwaway;

            public interface CarMapper {
                enum Colour { RED { }, BLUE }

                record Filter(Colour colour, java.util.List<String> tags) { }

                record Car(java.util.UUID noteId, String title, Colour urgency, tools.jackson.databind.JsonNode details,
                        java.util.List<String> tags) { }

                void insert(Car car);

                java.util.List<Car> find(Filter filter);

                static int use(dev.mortise.api.store.Store store) {
                    Car car = new Car(java.util.UUID.randomUUID(), "t" + System.nanoTime(), Colour.RED,
                            tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), java.util.List.of("a"));
                    store.write(CarMapper.class, cars -> { cars.insert(car); return null; });
                    return store.read(CarMapper.class,
                            cars -> cars.find(new Filter(Colour.RED, java.util.List.of("a")))).size();
                }
            }
            """;
    private static final String MAPPER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
            <mapper namespace="throwaway.CarMapper">
              <insert id="insert">
                INSERT INTO note (note_id, title, urgency, details, tags, created_at)
                VALUES (#{noteId}, #{title}, #{urgency}, #{details}, #{tags}, now())
              </insert>
              <select id="find" resultType="throwaway.CarMapper$Car">
                SELECT note_id, title, urgency, details, tags
                  FROM note
                <where>
                  <if test="colour != null and colour.name() == 'RED'">urgency = #{colour}</if>
                  <if test="tags != null and !tags.isEmpty()">
                    AND title NOT IN
                    <foreach item="tag" collection="tags" open="(" separator="," close=")">#{tag}</foreach>
                  </if>
                </where>
              </select>
            </mapper>
            """;

    private final NotePlugin plugin = new NotePlugin();

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void theLoaderOfAClosedStoreIsCollected(@TempDir Path folder) throws Exception {
        compile(folder);

        WeakReference<ClassLoader> loader = useAndClose(folder);

        assertThat(Collected.within(loader)).isTrue();
    }

    @Test
    void everyOneOfTwentyLoadersIsCollected(@TempDir Path folder) throws Exception {
        compile(folder);
        for (int i = 0; i < 20; i++) {
            WeakReference<ClassLoader> loader = useAndClose(folder);
            if (i % 5 == 4) {
                assertThat(Collected.within(loader)).as("load " + i).isTrue();
            }
        }
    }

    private WeakReference<ClassLoader> useAndClose(Path folder) throws Exception {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, UnloadingTest.class.getClassLoader());
        // A thread of its own for each use, as the kernel calls plugins: what Jackson keeps in thread locals ends with
        // it.
        Thread thread = Thread.ofVirtual().start(() -> plugin.alice.run(() -> use(loader)));
        thread.join();
        loader.close();
        return new WeakReference<>(loader);
    }

    private void use(ClassLoader loader) {
        PluginStore store = plugin.database
                .pluginStores()
                .open(
                        new PluginInfo("note-plugin", "1.0.0"),
                        loader,
                        JsonMapper.builder().build(),
                        List.of(NotePlugin.V1));
        try {
            Method use = loader.loadClass("throwaway.CarMapper").getMethod("use", dev.mortise.api.store.Store.class);
            assertThat((Integer) use.invoke(null, store)).isPositive();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e instanceof InvocationTargetException ? e.getCause() : e);
        } finally {
            store.close();
        }
    }

    private static void compile(Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("throwaway")).resolve("CarMapper.java");
        Files.writeString(source, SOURCE);
        Files.writeString(source.resolveSibling("CarMapper.xml"), MAPPER);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(result).isZero();
    }
}
