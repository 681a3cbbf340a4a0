package dev.mortise.automotive.intent;

import dev.mortise.automotive.BundledYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Guesses the language of a message by its commonest words, which is enough to tell English from what the profile does
 * not read and costs nothing. The words are in {@code languages.yaml}; none of them is a word of two of the languages.
 */
final class LanguageGuess {
    /** What is returned for scripts other than Latin. */
    static final String OTHER_SCRIPT = "und";

    private static final String ENGLISH = "en";
    /** The beginning is enough, and keeps a megabyte cheap. */
    private static final int READ = 4_000;

    /** One short word of another language in an English message is a slip of the pen. */
    private static final int SURE = 2;

    private final Map<String, Set<String>> words;

    LanguageGuess(BundledYaml yaml) {
        this.words = yaml
                .read(LanguageGuess.class, "languages.yaml", Languages.class)
                .orElseThrow(() -> BundledYaml.missing("languages.yaml"))
                .words()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Returns the language (ISO 639-1, or "und"), or empty where the text is too short or too odd to tell. */
    Optional<String> guess(String text) {
        String start = text.substring(0, Math.min(text.length(), READ));
        long letters = start.codePoints().filter(Character::isLetter).count();
        long foreign = start.codePoints()
                .filter(Character::isLetter)
                .filter(c -> Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN)
                .count();
        if (foreign * 3 > letters) {
            return Optional.of(OTHER_SCRIPT);
        }
        Map<String, Integer> hits = new TreeMap<>();
        for (String word : Words.flat(start).split(" ")) {
            words.forEach((language, common) -> {
                if (common.contains(word)) {
                    hits.merge(language, weight(language, word), Integer::sum);
                }
            });
        }
        int english = hits.getOrDefault(ENGLISH, 0);
        return hits.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(best -> best.getValue() >= SURE && best.getValue() > english ? best.getKey() : ENGLISH);
    }

    /** A long foreign word is proof; a short one may be an English abbreviation. */
    private static int weight(String language, String word) {
        return language.equals(ENGLISH) || word.length() < 5 ? 1 : SURE;
    }

    /** The file's form. */
    private record Languages(Map<String, List<String>> words) {}
}
