package dev.mortise.automotive.intent;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Texts as words: lower case letters, digits, apostrophes and per cent signs, single spaces between. */
final class Words {
    private Words() {}

    /** Returns the text with everything else blanked; typographic apostrophes become plain ones. */
    static String flat(String text) {
        StringBuilder flat = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i) == '’' ? '\'' : text.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '\'' || c == '%') {
                if (gap && !flat.isEmpty()) {
                    flat.append(' ');
                }
                gap = false;
                flat.append(c);
            } else {
                gap = true;
            }
        }
        return flat.toString().toLowerCase(Locale.ROOT);
    }

    /** Returns single words and pairs of neighbours; numbers are all the same word. */
    static Set<String> features(String text) {
        Set<String> features = new LinkedHashSet<>();
        String previous = null;
        for (String raw : flat(text).split(" ")) {
            if (raw.isEmpty()) {
                continue;
            }
            String word = raw.chars().allMatch(Character::isDigit) ? "#" : raw;
            features.add(word);
            if (previous != null) {
                features.add(previous + "_" + word);
            }
            previous = word;
        }
        return features;
    }
}
