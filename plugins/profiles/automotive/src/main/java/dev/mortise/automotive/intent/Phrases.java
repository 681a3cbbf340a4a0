package dev.mortise.automotive.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of phrases to look for: whole words, {@code *} ends a stem, {@code ..} lets up to three words stand between.
 *
 * @since 0.1
 */
public final class Phrases {
    private final List<String> phrases;
    private final List<Pattern> patterns;

    /** Compiles the phrases. */
    public Phrases(List<String> phrases) {
        this.phrases = List.copyOf(phrases);
        this.patterns = this.phrases.stream().map(Phrases::pattern).toList();
    }

    /** Returns the first phrase that the text contains, whatever its case and punctuation. */
    public Optional<String> firstIn(String text) {
        String flat = Words.flat(text);
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(flat).find()) {
                return Optional.of(phrases.get(i));
            }
        }
        return Optional.empty();
    }

    /** Compiles a phrase for flat text (see {@link Words#flat}); every repetition ends at a word's end. */
    static Pattern pattern(String phrase) {
        List<String> words = new ArrayList<>();
        String gap = "";
        for (String word : phrase.split(" ")) {
            if (word.equals("..")) {
                gap = "(?:[^ ]+ ){0,3}";
                continue;
            }
            boolean stem = word.endsWith("*");
            words.add(gap
                    + (stem ? Pattern.quote(word.substring(0, word.length() - 1)) + "[^ ]*" : Pattern.quote(word)));
            gap = "";
        }
        return Pattern.compile("(?<![^ ])" + String.join(" ", words) + "(?![^ ])");
    }
}
