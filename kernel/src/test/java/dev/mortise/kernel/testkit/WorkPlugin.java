package dev.mortise.kernel.testkit;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plugin named {@code work} whose jobs and event handlers do what their payload says and leave an effect in a table,
 * and a node through which a test orders them. Nothing keeps an effect from being there twice, so that a test sees it.
 */
public final class WorkPlugin {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WorkPlugin() {}

    /** Builds the plugin's jar. */
    public static Path jar(String version, Path folder) {
        return plugin(version).build(folder);
    }

    /** Builds the plugin's jar with {@code POST /api/v1/work/orders}, for nodes that are processes of their own. */
    public static Path jarWithOrders(String version, Path folder) {
        return plugin(version).source("test.work.Orders", ORDERS).build(folder);
    }

    private static PluginJar plugin(String version) {
        return PluginJar.of("work", version)
                .source("test.work.WorkPlugin", PluginJar.mainClass("test.work", "WorkPlugin", ""))
                .source("test.work.Effects", EFFECTS)
                .source("test.work.Doing", DOING.replace("$VERSION", version))
                .source("test.work.Do", JOB)
                .source("test.work.Seen", subscriber("Seen", "work.seen", "work.news.*", "PARK"))
                .source("test.work.Strict", subscriber("Strict", "work.strict", "work.strict.*", "STOP"))
                .source("test.work.Screen", SCREEN)
                .source("test.work.Call", NODE)
                .file("test/work/Effects.xml", MAPPER)
                .file("db/migration/V1__effects.sql", """
                        CREATE TABLE effect (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            what      text NOT NULL,
                            PRIMARY KEY (tenant_id, id)
                        );
                        CALL mortise.protect('effect');
                        """);
    }

    /** Orders something of the plugin; see the source below for what there is. */
    public static JsonNode order(TestKernel kernel, String json) {
        return kernel.call(
                NodeType.class,
                "work.call",
                node -> node.execute(new NodeCall(UUID.randomUUID(), "step", 1, "key", JSON.readTree(json))));
    }

    /** Schedules jobs named {@code what}, {@code what-1}, … and returns their ids. */
    public static List<UUID> schedule(TestKernel kernel, String json) {
        List<UUID> ids = new ArrayList<>();
        ObjectNode order = (ObjectNode) JSON.readTree(json);
        order.put("op", "schedule");
        order(kernel, order.toString()).forEach(id -> ids.add(UUID.fromString(id.asString())));
        return ids;
    }

    /** Publishes events. */
    public static void publish(TestKernel kernel, String json) {
        ObjectNode order = (ObjectNode) JSON.readTree(json);
        order.put("op", "publish");
        order(kernel, order.toString());
    }

    /** Publishes a live message on the topic {@code work.screen}, or one below it. */
    public static void show(TestKernel kernel, String json) {
        ObjectNode order = (ObjectNode) JSON.readTree(json);
        order.put("op", "show");
        order(kernel, order.toString());
    }

    /** Returns the effects so far, in the order in which they were made. */
    public static List<String> effects(TestKernel kernel) {
        List<String> effects = new ArrayList<>();
        order(kernel, "{\"op\":\"effects\"}").forEach(effect -> effects.add(effect.asString()));
        return effects;
    }

    /** Returns the names that {@code schedule} and {@code publish} give to a number of things. */
    public static List<String> names(String what, int count) {
        return IntStream.range(0, count).mapToObj(i -> what + "-" + i).toList();
    }

    /** Waits until something holds, and fails when it does not within 30 seconds. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within 30 seconds: " + what);
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static String subscriber(String className, String name, String topic, String onPoison) {
        return SUBSCRIBER
                .replace("$CLASS", className)
                .replace("$NAME", name)
                .replace("$TOPIC", topic)
                .replace("$POISON", onPoison);
    }

    private static final String EFFECTS = """
            package test.work;
            public interface Effects {
                void add(String what);
                int count(String what);
                java.util.List<String> all();
            }
            """;

    private static final String MAPPER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
            <mapper namespace="test.work.Effects">
              <insert id="add">INSERT INTO effect (what) VALUES (#{what})</insert>
              <select id="count" resultType="int">SELECT count(*) FROM effect WHERE what = #{what}</select>
              <select id="all" resultType="string">SELECT what FROM effect ORDER BY id</select>
            </mapper>
            """;

    /** What a payload can ask for; {@code complete} hides whether a job or a delivery is meant. */
    private static final String DOING = """
            package test.work;
            import dev.mortise.api.error.*;
            import dev.mortise.api.store.*;
            import java.nio.file.*;
            import java.util.function.*;
            import tools.jackson.databind.JsonNode;
            final class Doing {
                static void act(JsonNode payload, int attempt, Store store, Consumer<Function<Transaction, Object>> complete) {
                    String what = payload.path("what").asString() + payload.path("suffix").asString("");
                    switch (payload.path("mode").asString("complete")) {
                        case "complete" -> complete.accept(open -> add(open, what));
                        case "plain" -> store.transaction(open -> add(open, what));
                        case "version" -> complete.accept(open -> add(open, what + " by $VERSION"));
                        case "tenant" -> complete.accept(open -> add(open, what + " for "
                                + dev.mortise.api.call.CallContext.current().tenant()));
                        case "fail" -> {
                            store.transaction(open -> add(open, what + " try " + attempt));
                            if (attempt <= payload.path("times").asInt(1000)) {
                                throw new IllegalStateException("on purpose");
                            }
                        }
                        case "refuse" -> throw new MortiseException(ApiError.INPUT_INVALID, "refused", "do not");
                        case "half" -> complete.accept(open -> {
                            add(open, what);
                            throw new IllegalStateException("on purpose");
                        });
                        case "after" -> {
                            complete.accept(open -> add(open, what));
                            store.transaction(open -> add(open, what + " again"));
                        }
                        case "until" -> {
                            add(store, what + " began");
                            while (!Files.exists(Path.of(payload.path("file").asString()))) {
                                sleep(5);
                            }
                            complete.accept(open -> add(open, what));
                        }
                        case "until-plain" -> {
                            add(store, what + " began");
                            while (!Files.exists(Path.of(payload.path("file").asString()))) {
                                sleep(5);
                            }
                            add(store, what);
                        }
                        case "sleep" -> {
                            sleep(payload.path("millis").asLong());
                            complete.accept(open -> add(open, what));
                        }
                        default -> throw new IllegalArgumentException(payload.toString());
                    }
                }
                static Object add(Store store, String what) {
                    return store.transaction(open -> add(open, what));
                }
                static Object add(Transaction open, String what) {
                    open.mapper(Effects.class).add(what);
                    return what;
                }
                static void sleep(long millis) {
                    try {
                        Thread.sleep(millis);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted", e);
                    }
                }
            }
            """;

    private static final String JOB = """
            package test.work;
            import dev.mortise.api.job.*;
            import java.time.Duration;
            @org.pf4j.Extension
            public final class Do implements JobHandler {
                private final WorkPlugin plugin;
                public Do(WorkPlugin plugin) { this.plugin = plugin; }
                @Override public String name() { return "work.do"; }
                @Override public RetryPolicy retries() {
                    return new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20));
                }
                @Override public void run(JobRun run) {
                    run.progress(0.5, "half way");
                    if (run.payload().path("mode").asString("").equals("background")) {
                        var beside = plugin.context().background().start("beside", () -> Doing.act(
                                ((tools.jackson.databind.node.ObjectNode) run.payload().deepCopy()).put("mode", "until-plain"),
                                run.attempt(), plugin.context().store(), work -> {}));
                        while (!beside.isDone()) {
                            Doing.sleep(5);
                        }
                        return;
                    }
                    Doing.act(run.payload(), run.attempt(), plugin.context().store(),
                            work -> run.complete(plugin.context().store(), work));
                }
            }
            """;

    private static final String SUBSCRIBER = """
            package test.work;
            import dev.mortise.api.event.*;
            import dev.mortise.api.job.RetryPolicy;
            import java.time.Duration;
            import java.util.Set;
            @org.pf4j.Extension
            public final class $CLASS implements EventHandler {
                private final WorkPlugin plugin;
                public $CLASS(WorkPlugin plugin) { this.plugin = plugin; }
                @Override public String name() { return "$NAME"; }
                @Override public Set<String> topics() { return Set.of("$TOPIC"); }
                @Override public OnPoison onPoison() { return OnPoison.$POISON; }
                @Override public RetryPolicy retries() {
                    return new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20));
                }
                @Override public void handle(Delivery delivery) {
                    Doing.act(delivery.event().payload(), delivery.attempt(), plugin.context().store(),
                            work -> delivery.complete(plugin.context().store(), work));
                }
            }
            """;

    private static final String SCREEN = """
            package test.work;
            import dev.mortise.api.live.*;
            @org.pf4j.Extension
            public final class Screen implements LiveTopic {
                @Override public String name() { return "work.screen"; }
                @Override public String permission() { return "work.screens.read"; }
            }
            """;

    private static final String ORDERS = """
            package test.work;
            import dev.mortise.api.http.*;
            import jakarta.ws.rs.*;
            import tools.jackson.databind.JsonNode;
            @org.pf4j.Extension @Path("orders")
            public final class Orders implements HttpResource {
                private final Call call;
                public Orders(WorkPlugin plugin) { this.call = new Call(plugin); }
                @POST @Consumes("application/json") @Produces("application/json")
                @RequiresPermission("work.orders.write")
                public JsonNode order(JsonNode order) { return call.act(order); }
            }
            """;

    private static final String NODE = """
            package test.work;
            import dev.mortise.api.call.*;
            import dev.mortise.api.job.*;
            import dev.mortise.api.workflow.*;
            import java.time.*;
            import java.util.*;
            import java.util.function.*;
            import tools.jackson.databind.JsonNode;
            import tools.jackson.databind.node.*;
            @org.pf4j.Extension
            public final class Call implements NodeType {
                private final WorkPlugin plugin;
                public Call(WorkPlugin plugin) { this.plugin = plugin; }
                @Override public String name() { return "work.call"; }
                @Override public NodeDescription describe() { return NodeDescription.pure("Test", "Orders of a test."); }
                @Override public JsonNode execute(NodeCall call) {
                    JsonNode in = call.input();
                    if (in.has("tenant")) {
                        return plugin.context().tenants().asSystem(TenantId.parse(in.path("tenant").asString()))
                                .call(() -> act(in));
                    }
                    return act(in);
                }
                JsonNode act(JsonNode in) {
                    ArrayNode out = JsonNodeFactory.instance.arrayNode();
                    Jobs jobs = plugin.context().jobs();
                    switch (in.path("op").asString()) {
                        case "schedule" -> each(in, payload -> out.add(jobs.schedule(request(in, payload)).toString()));
                        case "schedule-and-fail" -> plugin.context().store().transaction(open -> {
                            jobs.schedule(request(in, in));
                            Doing.add(open, "scheduled");
                            throw new IllegalStateException("on purpose");
                        });
                        case "publish" -> each(in, payload -> plugin.context().events().publish(
                                in.path("name").asString(), in.path("key").asString(null), payload));
                        case "publish-and-fail" -> plugin.context().store().transaction(open -> {
                            plugin.context().events().publish(in.path("name").asString(), null, in);
                            throw new IllegalStateException("on purpose");
                        });
                        case "publish-slowly" -> plugin.context().store().transaction(open -> {
                            plugin.context().events().publish(in.path("name").asString(), in.path("key").asString(null), in);
                            Doing.add(open, in.path("what").asString() + " open");
                            while (!java.nio.file.Files.exists(java.nio.file.Path.of(in.path("file").asString()))) {
                                Doing.sleep(5);
                            }
                            return in;
                        });
                        case "show" -> each(in, payload -> plugin.context().live().publish(
                                in.path("topic").asString("work.screen"), payload));
                        case "show-and-fail" -> plugin.context().store().transaction(open -> {
                            plugin.context().live().publish("work.screen", in);
                            throw new IllegalStateException("on purpose");
                        });
                        case "effects" -> plugin.context().store().read(Effects.class, Effects::all).forEach(out::add);
                        case "cancel" -> out.add(jobs.cancel(UUID.fromString(in.path("id").asString())));
                        case "find" -> jobs.find(UUID.fromString(in.path("id").asString()))
                                .ifPresent(job -> out.add(job.state().name()));
                        case "repeat" -> jobs.repeat(new Repetition(in.path("name").asString(), in.path("cron").asString(),
                                ZoneId.of(in.path("zone").asString("UTC")), JobRequest.of("work.do", in)));
                        default -> throw new IllegalArgumentException(in.toString());
                    }
                    return out;
                }
                private static void each(JsonNode in, Consumer<JsonNode> work) {
                    if (!in.has("count")) {
                        work.accept(in);
                    }
                    for (int i = 0; i < in.path("count").asInt(); i++) {
                        work.accept(((ObjectNode) in.deepCopy()).put("suffix", "-" + i));
                    }
                }
                private static JobRequest request(JsonNode in, JsonNode payload) {
                    JobRequest request = JobRequest.of(in.path("handler").asString("work.do"), payload)
                            .priority(JobPriority.valueOf(in.path("priority").asString("NORMAL")));
                    if (in.has("inMillis")) {
                        request = request.at(Instant.now().plusMillis(in.path("inMillis").asLong()));
                    }
                    if (in.has("key")) {
                        request = request.once(in.path("key").asString());
                    }
                    return in.has("lane")
                            ? request.atMost(in.path("limit").asInt(1), in.path("lane").asString())
                            : request;
                }
            }
            """;
}
