package dev.mortise.sandbox.worker.testkit;

import dev.mortise.sandbox.frame.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param kind {@code OK}, the kind that the worker said, or the one that its end tells
 * @param said the worker's last word, where it had one
 * @param wall how long it took
 * @param alive whether the worker can be called again
 */
public record End(String kind, @Nullable Message said, Duration wall, boolean alive) {
    /** Returns the result, or what came instead, in words. */
    public String text() {
        return switch (said) {
            case Message.Returned returned -> returned.json();
            case Message.Failed failed ->
                failed.kind() + " " + failed.line() + ":" + failed.column() + " " + failed.message();
            case null -> kind;
            default -> said.toString();
        };
    }

    /** Returns the log. */
    public String log() {
        return switch (said) {
            case Message.Returned returned -> returned.log();
            case Message.Failed failed -> failed.log();
            case null, default -> "";
        };
    }
}
