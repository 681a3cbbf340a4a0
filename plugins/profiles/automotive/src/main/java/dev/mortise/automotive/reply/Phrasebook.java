package dev.mortise.automotive.reply;

import dev.mortise.automotive.BundledYaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of replies in one language.
 *
 * @param locale BCP 47, for the names of days and months
 * @param greeting Mustache
 * @param closing Mustache
 * @param asking what stands before the list of what is missing
 * @param and what stands before the last of them
 * @param asks how each missing thing is asked for
 * @param intents the text of each wish
 */
record Phrasebook(
        String locale,
        String greeting,
        String closing,
        String asking,
        String and,
        Map<String, String> asks,
        Map<String, Text> intents) {
    private static final String ENGLISH = "en";

    /**
     * The text of a wish.
     *
     * @param needs what the answer needs to know
     * @param text Mustache
     */
    record Text(@Nullable List<String> needs, String text) {
        List<String> needed() {
            return needs == null ? List.of() : needs;
        }
    }

    /** Reads {@code replies.yaml}, and {@code replies-next.yaml} where the jar has one, by language. */
    static Map<String, Phrasebook> load(BundledYaml yaml) {
        Map<String, Phrasebook> books = new HashMap<>();
        books.put(
                ENGLISH,
                yaml.read(Phrasebook.class, "replies.yaml", Phrasebook.class)
                        .orElseThrow(() -> BundledYaml.missing("replies.yaml")));
        yaml.read(Phrasebook.class, "replies-next.yaml", More.class).ifPresent(more -> books.putAll(more.languages()));
        return Map.copyOf(books);
    }

    /** The form of the file with further languages. */
    private record More(Map<String, Phrasebook> languages) {}
}
