package dev.mortise.cli.inbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of a message as a file spells them, on their way to an {@link InboxMessage}. */
final class MessageFields {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+=:~$!-]{0,199}");
    private static final DateTimeFormatter SPREADSHEET = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]");
    // A time without a zone is taken as UTC: the same file must give the same message on every machine.
    private static final List<Function<String, Instant>> TIMES = List.of(
            Instant::parse,
            text -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDateTime.parse(text, SPREADSHEET).toInstant(ZoneOffset.UTC),
            text -> LocalDateTime.parse(text + "T00:00").toInstant(ZoneOffset.UTC),
            text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));

    private String id = "";
    private String channel = "";
    private String from = "";
    private String text = "";
    private Optional<Instant> receivedAt = Optional.empty();

    /** An id that could not stand in a URL as it is, or that nobody could read, is as good as none. */
    MessageFields id(String value) {
        id = PLAIN_ID.matcher(value).matches() ? value : "";
        return this;
    }

    MessageFields channel(String value) {
        channel = value;
        return this;
    }

    MessageFields from(String value) {
        from = value;
        return this;
    }

    MessageFields received(String value) {
        receivedAt = time(value.strip());
        return this;
    }

    MessageFields received(Optional<Instant> value) {
        receivedAt = value;
        return this;
    }

    MessageFields text(String value) {
        text = value;
        return this;
    }

    InboxMessage toMessage(long line, Optional<Label> label) {
        String known = id.isEmpty() ? InboxMessage.idOf(channel, from, receivedAt, text) : id;
        return new InboxMessage(line, known, channel, from, receivedAt, text, label);
    }

    private static Optional<Instant> time(String value) {
        return TIMES.stream().flatMap(form -> time(value, form).stream()).findFirst();
    }

    private static Optional<Instant> time(String value, Function<String, Instant> form) {
        try {
            return Optional.of(form.apply(value));
        } catch (DateTimeException anotherForm) {
            return Optional.empty();
        }
    }
}
