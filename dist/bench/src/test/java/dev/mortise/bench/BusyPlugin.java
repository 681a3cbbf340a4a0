package dev.mortise.bench;

import dev.mortise.kernel.testkit.PluginJar;
import java.nio.file.Path;

/**
 * A plugin named {@code busy}: a job that writes one row as its effect, a subscriber that notes how long an event was
 * under way, and a node that a benchmark drives both by.
 */
final class BusyPlugin {
    private BusyPlugin() {}

    static Path jar(Path folder) {
        return PluginJar.of("busy", "1.0.0")
                .source("test.busy.BusyPlugin", PluginJar.mainClass("test.busy", "BusyPlugin", COUNTS))
                .source("test.busy.Effects", "package test.busy; public interface Effects { void add(String what); }")
                .source("test.busy.Work", JOB)
                .source("test.busy.Seen", SUBSCRIBER)
                .source("test.busy.Drive", PluginJar.node("test.busy", "Drive", "BusyPlugin", "busy.drive", NODE))
                .file("test/busy/Effects.xml", MAPPER)
                .file("db/migration/V1__effects.sql", """
                        CREATE TABLE effect (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            what      text NOT NULL,
                            PRIMARY KEY (tenant_id, id)
                        );
                        CALL mortise.protect('effect');
                        """)
                .build(folder);
    }

    private static final String COUNTS = """
            final java.util.concurrent.atomic.AtomicLong done = new java.util.concurrent.atomic.AtomicLong();
            final java.util.Queue<Long> nanos = new java.util.concurrent.ConcurrentLinkedQueue<>();
            """;

    private static final String MAPPER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
            <mapper namespace="test.busy.Effects">
              <insert id="add">INSERT INTO effect (what) VALUES (#{what})</insert>
            </mapper>
            """;

    private static final String JOB = """
            package test.busy;
            import dev.mortise.api.job.*;
            @org.pf4j.Extension
            public final class Work implements JobHandler {
                private final BusyPlugin plugin;
                public Work(BusyPlugin plugin) { this.plugin = plugin; }
                @Override public String name() { return "busy.work"; }
                @Override public void run(JobRun run) {
                    plugin.nanos.add(System.nanoTime() - run.payload().path("sent").asLong());
                    run.complete(plugin.context().store(), open -> {
                        open.mapper(Effects.class).add(run.payload().path("what").asString());
                        return true;
                    });
                    plugin.done.incrementAndGet();
                }
            }
            """;

    private static final String SUBSCRIBER = """
            package test.busy;
            import dev.mortise.api.event.*;
            import java.util.Set;
            @org.pf4j.Extension
            public final class Seen implements EventHandler {
                private final BusyPlugin plugin;
                public Seen(BusyPlugin plugin) { this.plugin = plugin; }
                @Override public String name() { return "busy.seen"; }
                @Override public Set<String> topics() { return Set.of("busy.news.*"); }
                @Override public void handle(Delivery delivery) {
                    plugin.nanos.add(System.nanoTime() - delivery.event().payload().path("sent").asLong());
                    plugin.done.incrementAndGet();
                }
            }
            """;

    private static final String NODE = """
            JsonNode in = call.input();
            var what = JsonNodeFactory.instance.objectNode().put("what", "effect").put("sent", System.nanoTime());
            switch (in.path("op").asString()) {
                case "schedule" -> plugin.context().jobs().schedule(
                        dev.mortise.api.job.JobRequest.of("busy.work", what));
                case "publish" -> plugin.context().events().publish(
                        "busy.news.x", in.path("key").asString(), what);
                case "forget" -> { plugin.done.set(0); plugin.nanos.clear(); }
                case "nanos" -> {
                    var out = JsonNodeFactory.instance.arrayNode();
                    plugin.nanos.forEach(out::add);
                    return out;
                }
                default -> { }
            }
            return JsonNodeFactory.instance.numberNode(plugin.done.get());
            """;
}
