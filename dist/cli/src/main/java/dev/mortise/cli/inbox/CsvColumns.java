package dev.mortise.cli.inbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the columns of a CSV file by their names, as loosely as people name them. */
final class CsvColumns {
    private static final Map<String, List<String>> NAMES = Map.of(
            "text", List.of("text", "message", "body", "messagetext", "content", "description", "comment", "inquiry"),
            "from", List.of("from", "sender", "fromaddress", "customer", "customername", "name", "email", "phone"),
            "received",
                    List.of(
                            "received",
                            "receivedat",
                            "date",
                            "datereceived",
                            "receiveddate",
                            "timestamp",
                            "datetime",
                            "time",
                            "created",
                            "createdat"),
            "id", List.of("id", "messageid", "ticketid", "ticket", "number", "reference", "ref"),
            "channel", List.of("channel", "source", "medium"));

    private final List<String> header;

    CsvColumns(List<String> header) {
        this.header = header.stream().map(CsvColumns::plain).toList();
    }

    /** Returns the index of the column that means this, where there is one. Earlier names win over later ones. */
    Optional<Integer> index(String meaning) {
        return NAMES.getOrDefault(meaning, List.of()).stream()
                .map(header::indexOf)
                .filter(index -> index >= 0)
                .findFirst();
    }

    static String textNames() {
        return String.join(", ", NAMES.getOrDefault("text", List.of()));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
