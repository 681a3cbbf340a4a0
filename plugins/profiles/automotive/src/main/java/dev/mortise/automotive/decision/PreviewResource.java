package dev.mortise.automotive.decision;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import dev.mortise.automotive.extract.Facts;
import dev.mortise.automotive.intent.Classification;
import dev.mortise.automotive.reply.HandOver;
import dev.mortise.automotive.reply.Reply;
import dev.mortise.automotive.route.Route;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;

/**
 * Shows what would be decided for a text, for people who tune; records nothing.
 *
 * @since 0.1
 */
@Extension
@Path("intake/preview")
public final class PreviewResource implements HttpResource {
    private final AutomotivePlugin plugin;

    /** Creates the resource; called by the kernel. */
    public PreviewResource(AutomotivePlugin plugin) {
        this.plugin = plugin;
    }

    /**
     * What the steps would return.
     *
     * @param facts of {@code automotive.extract}
     * @param classification of {@code automotive.classify}
     * @param route of {@code automotive.route}
     * @param reply of {@code automotive.reply}, where it is decided
     * @param handOver of {@code automotive.hand-over}, where it is not
     */
    public record Preview(
            Facts facts,
            Classification classification,
            Route route,
            @Nullable Reply reply,
            @Nullable HandOver handOver) {}

    /** Takes a message as the workflow does, at least {@code {"text": "…"}}. */
    @POST
    @RequiresPermission("automotive.intake.preview")
    public Preview preview(JsonNode body) {
        if (!body.path("text").isString()) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID, "The body has no \"text\"", "Send {\"text\": \"what the customer wrote\"}");
        }
        Message message = Message.of(body);
        Facts facts = plugin.extractor().extract(message.text(), message.receivedAt(), message.from());
        Classification result = plugin.classifier().classify(message.text());
        Route route = plugin.router().route(result.intent(), message.text());
        String intent = result.intent();
        if (result.decided() && intent != null) {
            Reply reply = plugin.replies()
                    .reply(message.text(), intent, facts, result.language())
                    .orElse(null);
            return new Preview(facts, result, route, reply, null);
        }
        String reason = result.reason() == null ? null : result.reason().word();
        return new Preview(facts, result, route, null, HandOver.of(message, reason, intent, facts));
    }
}
