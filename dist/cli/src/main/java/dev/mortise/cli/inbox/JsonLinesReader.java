package dev.mortise.cli.inbox;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line, with the members that {@code dist/samples/README.md} describes. Blank lines are skipped. */
final class JsonLinesReader implements InboxReader {
    private static final int LONGEST_REPEAT = LineSource.LONGEST_LINE;

    private final String source;
    private final LineSource lines;
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    JsonLinesReader(String source, LineSource lines) {
        this.source = source;
        this.lines = lines;
    }

    @Override
    public @Nullable InboxEntry next() throws IOException {
        Line line = lines.next();
        while (line != null && line.blank()) {
            line = lines.next();
        }
        return line == null ? null : entry(line);
    }

    private InboxEntry entry(Line line) {
        if (line.cut()) {
            return unreadable(line, "the line is longer than " + (LineSource.LONGEST_LINE >> 20) + " MiB");
        }
        try {
            JsonNode node = mapper.readTree(line.utf8());
            return node.isObject() ? message(line, node) : unreadable(line, "the line is JSON, but no object");
        } catch (CharacterCodingException notUtf8) {
            return unreadable(line, "the line is not UTF-8");
        } catch (JacksonException notJson) {
            return unreadable(line, "the line is not JSON" + where(notJson));
        }
    }

    private InboxEntry message(Line line, JsonNode node) {
        String text;
        JsonNode repeat = node.path("textRepeat");
        if (node.path("text").isString()) {
            text = node.path("text").stringValue();
        } else if (repeat.path("text").isString() && repeat.path("times").isIntegralNumber()) {
            String once = repeat.path("text").stringValue();
            long times = repeat.path("times").asLong();
            if (times < 0 || times > LONGEST_REPEAT || once.length() * times > LONGEST_REPEAT) {
                return unreadable(line, "textRepeat gives a text that is too long");
            }
            text = once.repeat((int) times);
        } else {
            return unreadable(line, "the object has no text");
        }
        MessageFields fields = new MessageFields()
                .id(node.path("id").asString(""))
                .channel(node.path("channel").asString(""))
                .from(node.path("from").asString(""))
                .received(node.path("receivedAt").asString(""))
                .text(text);
        return fields.toMessage(line.number(), label(node.path("label")));
    }

    private static Optional<Label> label(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Label(
                        node.path("person").asBoolean(false),
                        Facts.strings(node.path("intents")),
                        Facts.strings(node.path("departments")),
                        node.path("urgency").asString(""),
                        Facts.of(node.path("facts"))))
                : Optional.empty();
    }

    private UnreadableEntry unreadable(Line line, String reason) {
        return new UnreadableEntry(source, line.number(), reason);
    }

    private static String where(JacksonException notJson) {
        TokenStreamLocation location = notJson.getLocation();
        String place = location == null || location.getColumnNr() < 1 ? "" : " at column " + location.getColumnNr();
        return place + ": " + notJson.getOriginalMessage().lines().findFirst().orElse("");
    }
}
