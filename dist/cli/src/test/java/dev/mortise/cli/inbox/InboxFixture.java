package dev.mortise.cli.inbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads whole inboxes in tests. */
final class InboxFixture {
    private InboxFixture() {}

    static List<InboxEntry> read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    static List<InboxEntry> read(byte[] content) {
        try (Inbox inbox = Inbox.open(new ByteArrayInputStream(content))) {
            return all(inbox);
        }
    }

    static List<InboxEntry> read(Path file) {
        try (Inbox inbox = Inbox.open(file)) {
            return all(inbox);
        }
    }

    static List<InboxMessage> messages(List<InboxEntry> entries) {
        return entries.stream()
                .filter(InboxMessage.class::isInstance)
                .map(InboxMessage.class::cast)
                .toList();
    }

    static List<String> problems(List<InboxEntry> entries) {
        return entries.stream()
                .filter(UnreadableEntry.class::isInstance)
                .map(Object::toString)
                .toList();
    }

    static Path file(Path folder, String name, String content, Charset charset) {
        try {
            return Files.write(folder.resolve(name), content.getBytes(charset));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static List<InboxEntry> all(Inbox inbox) {
        List<InboxEntry> entries = new ArrayList<>();
        for (InboxEntry entry = inbox.next(); entry != null; entry = inbox.next()) {
            entries.add(entry);
        }
        return entries;
    }
}
