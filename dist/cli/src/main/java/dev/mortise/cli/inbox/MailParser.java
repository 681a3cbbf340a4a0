package dev.mortise.cli.inbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Date;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a mail what its reader would see: the subject and the words, plain text before HTML, attachments left out
 * (RFC 2045 to 2047).
 */
final class MailParser {
    /** Deeper than any mailer nests, and shallow enough for the stack. */
    private static final int DEEPEST = 20;

    InboxMessage parse(long line, byte[] mail) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        builder.setDecodeMonitor(DecodeMonitor.SILENT);
        Message message = builder.parseMessage(new ByteArrayInputStream(mail));
        try {
            return message(line, message);
        } finally {
            message.dispose();
        }
    }

    private static InboxMessage message(long line, Message message) throws IOException {
        String plain = find(message, "text/plain", 0);
        String html = plain == null ? find(message, "text/html", 0) : null;
        String body = plain != null ? plain : html == null ? "" : HtmlText.of(html);
        String subject = Optional.ofNullable(message.getSubject()).orElse("").strip();
        MailboxList from = message.getFrom();
        Date date = message.getDate();
        return new MessageFields()
                .id(id(message))
                .channel("mail")
                .from(from == null ? "" : sender(from))
                .received(Optional.ofNullable(date).map(Date::toInstant))
                .text(subject.isEmpty() ? body.strip() : (subject + "\n\n" + body.strip()).strip())
                .toMessage(line, Optional.empty());
    }

    private static String id(Message message) {
        String id = message.getMessageId();
        return id == null ? "" : id.strip().replaceAll("^<|>$", "");
    }

    private static String sender(MailboxList from) {
        return from.stream()
                .findFirst()
                .map(mailbox -> mailbox.getName() == null
                        ? mailbox.getAddress()
                        : mailbox.getName() + " <" + mailbox.getAddress() + ">")
                .orElse("");
    }

    /** Returns the first part of this type that is no attachment. */
    private static @Nullable String find(Entity entity, String type, int depth) throws IOException {
        Body body = entity.getBody();
        if (depth > DEEPEST || "attachment".equalsIgnoreCase(entity.getDispositionType())) {
            return null;
        }
        return switch (body) {
            case Multipart parts -> findIn(parts, type, depth);
            case Message forwarded -> find(forwarded, type, depth + 1);
            case SingleBody single
            when type.equalsIgnoreCase(entity.getMimeType()) -> text(single, Optional.ofNullable(entity.getCharset()));
            case null, default -> null;
        };
    }

    private static @Nullable String findIn(Multipart parts, String type, int depth) throws IOException {
        for (Entity part : parts.getBodyParts()) {
            String found = find(part, type, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String text(SingleBody body, Optional<String> charset) throws IOException {
        byte[] bytes;
        try (InputStream in = body.getInputStream()) {
            bytes = in.readAllBytes();
        }
        String text = charset.flatMap(MailParser::known)
                .map(known -> new String(bytes, known))
                .orElseGet(() -> Line.decode(bytes));
        return text.replace("\r\n", "\n");
    }

    /** UTF-8 and ASCII are often claimed and not kept; these are found out from the bytes. */
    private static Optional<Charset> known(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
                    ? Optional.empty()
                    : Optional.of(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
