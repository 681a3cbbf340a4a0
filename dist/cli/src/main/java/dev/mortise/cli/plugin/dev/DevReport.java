package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.problem.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a developer is told, a line at a time: for people with the time of day, for machines as JSON lines. */
final class DevReport {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final boolean json;

    DevReport(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void watching(Path project) {
        say(
                "watching",
                "watching the builds of " + project + "; Ctrl-C ends",
                event -> event.put("folder", project.toString()));
    }

    void building(List<String> command) {
        say("building", "building: " + String.join(" ", command), _ -> {});
    }

    void buildFailed(String lines) {
        say("build-failed", "the build failed:\n" + lines.indent(4).stripTrailing(), event -> event.put("log", lines));
    }

    /**
     * Tells that a build is live.
     *
     * @param sinceBuild from the end of the build to the first call that reaches it
     * @param change the part of it that the server took
     */
    void live(String id, String version, Duration sinceBuild, Duration change) {
        say(
                "live",
                String.format(
                        Locale.ROOT,
                        "%s %s is live, %d ms after it was built (the server took %d ms)",
                        id,
                        version,
                        sinceBuild.toMillis(),
                        change.toMillis()),
                event -> event.put("id", id)
                        .put("version", version)
                        .put("millisSinceBuild", sinceBuild.toMillis())
                        .put("changeMillis", change.toMillis()));
    }

    void refused(Problem problem) {
        say(
                "refused",
                problem.message() + (problem.remedy().isBlank() ? "" : "\n    remedy: " + problem.remedy())
                        + "\n    code: " + problem.code(),
                event -> event.put("code", problem.code())
                        .put("message", problem.message())
                        .put("remedy", problem.remedy()));
    }

    void note(String what, String text) {
        say(what, text, event -> event.put("message", text));
    }

    private void say(String what, String text, Consumer<ObjectNode> details) {
        if (json) {
            ObjectNode event = JsonMapper.shared().createObjectNode().put("event", what);
            details.accept(event);
            out.println(JsonMapper.shared().writeValueAsString(event));
        } else {
            out.println(TIME_OF_DAY.format(LocalTime.now(ZoneId.systemDefault())) + "  " + text);
        }
        out.flush();
    }
}
