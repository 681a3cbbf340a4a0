package dev.mortise.kernel.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.testkit.Collected;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestKernel;
import java.lang.ref.WeakReference;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** A plugin that uses everything the kernel offers leaves no class loader behind. */
@Tag("K1")
class PluginLeakTest {
    private static final int CYCLES = 20;

    @TempDir
    Path folder;

    @Test
    void aRemovedPluginIsCollectedWhateverItUsed() {
        Path jar = busyPlugin();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (TestKernel kernel = TestKernel.start()) {
            for (int i = 0; i < CYCLES; i++) {
                kernel.plugins().install(jar);
                loaders.add(new WeakReference<>(use(kernel)));
                kernel.plugins().remove("busy");
            }

            // The last loader may still be in a local of the life cycle's thread or of a connection that is not reused
            // yet.
            kernel.plugins().install(PluginJar.echo("other", "1.0.0").build(folder));
            kernel.get("/api/v1/kernel/plugins");

            assertThat(loaders).allMatch(Collected::within);
        }
    }

    private static ClassLoader use(TestKernel kernel) {
        String settings = "/api/v1/kernel/plugins/busy/settings";
        // Several classes of the plugin are read for the schema, and its record is made out of values.
        assertThat(kernel.send(kernel.request(settings)
                                .header("Content-Type", "application/json")
                                .method(
                                        "PATCH",
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"level\": 3, \"depth\": {\"name\": \"x\"}}"))
                                .build())
                        .status())
                .isEqualTo(200);
        assertThat(kernel.get(settings + "/schema").status()).isEqualTo(200);
        assertThat(kernel.get("/api/v1/busy/things").body().path(0).path("name").asString())
                .isEqualTo("thing");
        return kernel.call(NodeType.class, "busy.work", node -> {
            node.execute(new NodeCall(UUID.randomUUID(), "step", 1, "key", JsonNodeFactory.instance.objectNode()));
            return node.getClass().getClassLoader();
        });
    }

    private Path busyPlugin() {
        return PluginJar.of("busy", "1.0.0")
                .source("test.busy.BusyPlugin", PluginJar.mainClass("test.busy", "BusyPlugin", """
                        @Override public void start() {
                            context().meters().gauge("busy.gauge", () -> hashCode());
                            context().meters().counter("busy.counter", "k", "v").increment();
                            context().settings().as(BusySettings.class);
                            context().settings().watch(BusySettings.class, now -> hashCode());
                            context().extensions().watch(dev.mortise.api.workflow.NodeType.class, () -> hashCode());
                            context().background().start("loop", () -> {
                                try { Thread.sleep(java.time.Duration.ofDays(1)); } catch (InterruptedException e) { return; }
                            });
                        }
                        """))
                .source("test.busy.BusySettings", """
                        package test.busy;
                        import dev.mortise.api.settings.Setting;
                        public record BusySettings(@Setting(value = "Level.", max = 9, tenant = true) int level, Depth depth) {
                            public record Depth(@Setting("Name.") String name) {}
                        }
                        """)
                .source("test.busy.Thing", "package test.busy; public record Thing(java.util.UUID id, String name) {}")
                .source("test.busy.ThingMapper", """
                        package test.busy;
                        public interface ThingMapper {
                            void insert(String name);
                            java.util.List<Thing> named(String name);
                        }
                        """)
                .file("test/busy/ThingMapper.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
                        <mapper namespace="test.busy.ThingMapper">
                          <insert id="insert">INSERT INTO thing (name) VALUES (#{name})</insert>
                          <select id="named" resultType="test.busy.Thing">
                            SELECT id, name FROM thing <where><if test="name != null">name = #{name}</if></where> LIMIT 1
                          </select>
                        </mapper>
                        """)
                .file("db/migration/V1__thing.sql", """
                        CREATE TABLE thing (
                          tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                          id uuid NOT NULL DEFAULT uuidv7(),
                          name text NOT NULL,
                          PRIMARY KEY (tenant_id, id)
                        );
                        CALL mortise.protect('thing');
                        """)
                .source("test.busy.Things", """
                        package test.busy;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        @org.pf4j.Extension @Path("things")
                        public final class Things implements HttpResource {
                            private final BusyPlugin plugin;
                            public Things(BusyPlugin plugin) { this.plugin = plugin; }
                            @GET @RequiresPermission("busy.things.read")
                            public java.util.List<Thing> all() {
                                plugin.context().store().write(ThingMapper.class, m -> { m.insert("thing"); return 0; });
                                return plugin.context().store().read(ThingMapper.class, m -> m.named("thing"));
                            }
                        }
                        """)
                .source("test.busy.Work", PluginJar.node("test.busy", "Work", "BusyPlugin", "busy.work", """
                                return plugin.context().json().valueToTree(
                                        plugin.context().store().read(ThingMapper.class, m -> m.named("thing")));
                                """))
                .build(folder);
    }
}
