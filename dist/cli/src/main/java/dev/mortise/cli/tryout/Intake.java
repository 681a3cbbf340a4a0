package dev.mortise.cli.tryout;

import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.inbox.Facts;
import dev.mortise.cli.inbox.InboxMessage;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.tryout.Outcome.Decided;
import dev.mortise.cli.tryout.Outcome.Failed;
import dev.mortise.cli.tryout.Outcome.HandedOver;
import dev.mortise.cli.tryout.Outcome.Lost;
import dev.mortise.cli.tryout.Outcome.Result;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Brings one message through the workflow, and sees to it that its decision was kept. Shared by many threads. */
final class Intake {
    private static final String WORKFLOW_RUNS = "/api/v1/automatrix/workflows/service-intake/runs";
    private static final String RUNS = "/api/v1/automatrix/runs/";
    private static final String DECISIONS = "/api/v1/automotive/decisions/";
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final int LONGEST_REASON = 300;

    private final ServerClient server;
    private final String feed;
    private final Duration patience;

    /**
     * Feeds into this server.
     *
     * @param feed distinguishes this feed from others that have the same messages
     * @param patience how long a run may take until it counts as lost
     */
    Intake(ServerClient server, String feed, Duration patience) {
        this.server = server;
        this.feed = feed;
        this.patience = patience;
    }

    /** Returns what became of the message; never throws for what the server did with it. */
    Outcome process(InboxMessage message) {
        long start = System.nanoTime();
        JsonNode run;
        try {
            run = server.post(WORKFLOW_RUNS, input(message), Map.of("Idempotency-Key", key(message)));
        } catch (CliException refused) {
            return outcome(message, failed(refused), start, 0, System.nanoTime() - start);
        }
        long accepted = System.nanoTime() - start;
        try {
            JsonNode ended = untilEnded(run);
            long total = System.nanoTime() - start;
            return outcome(message, result(message, ended), start, accepted, total);
        } catch (CliException unanswered) {
            Failed failed = failed(unanswered);
            Lost lost = new Lost(failed.code() + ": " + failed.message());
            return outcome(message, lost, start, accepted, System.nanoTime() - start);
        }
    }

    private Result result(InboxMessage message, JsonNode run) {
        JsonNode output = run.path("output");
        return switch (run.path("state").asString("")) {
            case "SUCCEEDED" ->
                kept(message)
                        ? decision(output)
                        : new Lost("the run succeeded, and its decision is not that of this message");
            case "FAILED", "CANCELLED" -> {
                JsonNode error = run.path("error");
                String step = error.path("step").asString("");
                yield new Failed(
                        error.path("code").asString("run.failed"),
                        (step.isEmpty() ? "" : "step " + step + ": ")
                                + error.path("message").asString(""));
            }
            default -> new Lost("the run " + run.path("id").asString("") + " had not ended after " + patience);
        };
    }

    static Result decision(JsonNode output) {
        Facts facts = Facts.of(output.path("facts"));
        String version = output.path("profileVersion").asString("unknown");
        return switch (output.path("decidedBy").asString("")) {
            case "profile" ->
                new Decided(
                        output.path("intent").asString("none"),
                        output.path("department").asString("none"),
                        output.path("urgency").asString("none"),
                        version,
                        facts);
            case "person" -> new HandedOver(output.path("reason").asString("none"), version, facts);
            default -> new Failed("cli.try-output", "the run's output does not say who decided");
        };
    }

    /** Asks the profile itself; where it has no such decision, its answer is a failure that says so. */
    private boolean kept(InboxMessage message) {
        JsonNode decision = server.get(DECISIONS + encode(message.id()));
        return decision.path("messageId").asString("").equals(message.id());
    }

    private JsonNode untilEnded(JsonNode started) {
        String id = started.path("id").asString("");
        Instant deadline = Instant.now().plus(patience);
        JsonNode run = started;
        while (!ENDED.contains(run.path("state").asString("")) && Instant.now().isBefore(deadline)) {
            run = server.get(RUNS + encode(id) + "?wait=PT10S");
        }
        return run;
    }

    private static ObjectNode input(InboxMessage message) {
        ObjectNode input = JsonMapper.shared()
                .createObjectNode()
                .put("id", message.id())
                .put("channel", message.channel())
                .put("from", message.from())
                .put("text", message.text());
        message.receivedAt().ifPresent(time -> input.put("receivedAt", time.toString()));
        return input;
    }

    /** A header carries ASCII only and no more than it must, and an id may be long. */
    private String key(InboxMessage message) {
        return feed + "-" + UUID.nameUUIDFromBytes(message.id().getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome outcome(InboxMessage message, Result result, long start, long accept, long total) {
        return new Outcome(message.id(), message.line(), message.from(), message.label(), result, start, accept, total);
    }

    private static Failed failed(CliException failure) {
        String message = failure.problem().message();
        return new Failed(
                failure.problem().code(),
                message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) + " …" : message);
    }

    private static String encode(String text) {
        // A path keeps a plus sign as it is, so a space must not become one.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
