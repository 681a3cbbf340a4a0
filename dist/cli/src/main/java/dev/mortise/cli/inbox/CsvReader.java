package dev.mortise.cli.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table with a header: RFC 4180, or with semicolons or tabs as some spreadsheets write it. Columns are matched by
 * {@link CsvColumns}.
 */
final class CsvReader implements InboxReader {
    private static final String NEVER_CLOSED =
            "a quoted field is never closed, or is longer than " + (LineSource.LONGEST_LINE >> 20) + " MiB";

    private final String source;
    private final CsvCharacters characters;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final CsvColumns columns;
    private final int width;
    private boolean over;

    /** @throws InboxException when there is no column that holds the message's text */
    CsvReader(String source, LineSource lines) throws IOException {
        this.source = source;
        char delimiter = delimiter(new String(lines.peek(), StandardCharsets.ISO_8859_1));
        characters = new CsvCharacters(lines);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setTrailingData(true)
                .get();
        parser = CSVParser.builder().setReader(characters).setFormat(format).get();
        records = parser.iterator();
        List<String> header = header();
        columns = new CsvColumns(header);
        width = header.size();
        if (columns.index("text").isEmpty()) {
            throw new InboxException(
                    source + " has no column with the message's text; its columns are: " + String.join(", ", header),
                    "Name the column one of: " + CsvColumns.textNames());
        }
    }

    @Override
    public @Nullable InboxEntry next() throws IOException {
        while (!over) {
            characters.startRecord();
            long line = parser.getCurrentLineNumber() + 1;
            try {
                if (!records.hasNext()) {
                    return null;
                }
                CSVRecord fields = records.next();
                if (fields.size() > 1 || !fields.get(0).isBlank()) {
                    return entry(line, fields);
                }
            } catch (UncheckedIOException | IllegalStateException broken) {
                // Behind a quote that is never closed there is no telling where the next record begins.
                over = true;
                return new UnreadableEntry(source, line, reason(broken) + "; the rest of the file was not read");
            }
        }
        return null;
    }

    private InboxEntry entry(long line, CSVRecord fields) {
        String text = value(fields, "text").orElse(null);
        if (text == null) {
            return new UnreadableEntry(
                    source, line, "the row has " + fields.size() + " fields where the header has " + width);
        }
        return new MessageFields()
                .id(value(fields, "id").orElse("").strip())
                .channel(value(fields, "channel").orElse(""))
                .from(value(fields, "from").orElse(""))
                .received(value(fields, "received").orElse(""))
                .text(text)
                .toMessage(line, Optional.empty());
    }

    private Optional<String> value(CSVRecord fields, String meaning) {
        return columns.index(meaning).filter(index -> index < fields.size()).map(fields::get);
    }

    private List<String> header() {
        try {
            return records.hasNext() ? new ArrayList<>(records.next().toList()) : List.of();
        } catch (UncheckedIOException | IllegalStateException broken) {
            throw new InboxException(source + ":1: " + reason(broken), "Mend the header line of the table");
        }
    }

    private static String reason(RuntimeException broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        String message = String.valueOf(cause.getMessage());
        return message.contains("EOF") || cause instanceof CsvCharacters.TooLong ? NEVER_CLOSED : message;
    }

    /** The separator that the header line has most of. */
    private static char delimiter(String head) {
        String first = head.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }
}
