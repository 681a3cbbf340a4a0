package dev.mortise.automotive.reply;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.mortise.automotive.AutomotiveSettings;
import dev.mortise.automotive.extract.Facts;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drafts from the profile's texts. Thread-safe. */
final class Templates {
    private static final String ENGLISH = "en";
    private static final double KM_PER_MILE = 1.609344;

    private final Map<String, Phrasebook> books;
    private final AutomotiveSettings settings;
    // Values are text, not HTML; a name that is absent is an empty section.
    private final Mustache.Compiler mustache =
            Mustache.compiler().escapeHTML(false).defaultValue("").emptyStringIsFalse(true);

    Templates(Map<String, Phrasebook> books, AutomotiveSettings settings) {
        this.books = books;
        this.settings = settings;
    }

    /** Returns the draft in the language, or in English where there are no texts in it. */
    Optional<Reply> draft(String intent, Facts facts, @Nullable String language) {
        Phrasebook english =
                books.getOrDefault(ENGLISH, books.values().iterator().next());
        Phrasebook book = language == null ? english : books.getOrDefault(language, english);
        if (!book.intents().containsKey(intent)) {
            book = english;
        }
        Phrasebook.Text text = book.intents().get(intent);
        return text == null ? Optional.empty() : Optional.of(draft(book, text, facts));
    }

    private Reply draft(Phrasebook book, Phrasebook.Text text, Facts facts) {
        Map<String, Object> values = values(facts, Locale.forLanguageTag(book.locale()));
        List<String> missing =
                text.needed().stream().filter(need -> !values.containsKey(need)).toList();
        StringBuilder draft = new StringBuilder();
        draft.append(render(book.greeting(), values)).append("\n\n");
        draft.append(render(text.text(), values).replaceAll("\\s+", " ").strip());
        if (!missing.isEmpty()) {
            draft.append("\n\n")
                    .append(book.asking())
                    .append(' ')
                    .append(list(book, missing))
                    .append('.');
        }
        draft.append("\n\n").append(render(book.closing(), values));
        return new Reply(draft.toString(), Reply.Author.TEMPLATE, missing);
    }

    private static String list(Phrasebook book, List<String> missing) {
        List<String> asks = missing.stream()
                .map(need -> book.asks().getOrDefault(need, need))
                .toList();
        if (asks.size() == 1) {
            return asks.getFirst();
        }
        return String.join(", ", asks.subList(0, asks.size() - 1)) + " " + book.and() + " " + asks.getLast();
    }

    private String render(String source, Map<String, Object> values) {
        Template template = mustache.compile(source);
        return template.execute(values);
    }

    private Map<String, Object> values(Facts facts, Locale locale) {
        Map<String, Object> values = new HashMap<>();
        put(values, "name", facts.name());
        put(values, "vin", facts.vin());
        put(values, "plate", facts.plate());
        put(values, "phone", facts.phones().isEmpty() ? null : facts.phones().getFirst());
        put(values, "mileage", facts.mileageKm() == null ? null : distance(facts.mileageKm()));
        put(values, "days", facts.dates().isEmpty() ? null : days(facts.dates(), locale));
        put(values, "times", facts.times().isEmpty() ? null : String.join(", ", facts.times()));
        put(values, "dealership", settings.signature());
        put(values, "dealershipPhone", settings.phone());
        return values;
    }

    private String distance(int kilometres) {
        return settings.miles() ? Math.round(kilometres / KM_PER_MILE) + " miles" : kilometres + " km";
    }

    private static String days(List<String> dates, Locale locale) {
        DateTimeFormatter format = locale.getLanguage().equals(ENGLISH)
                ? DateTimeFormatter.ofPattern("EEEE, MMMM d", locale)
                : DateTimeFormatter.ofPattern("EEEE d. MMMM", locale);
        return dates.stream()
                .limit(3)
                .map(date -> LocalDate.parse(date).format(format))
                .collect(Collectors.joining("; "));
    }

    private static void put(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(key, value);
        }
    }
}
