package dev.mortise.automotive.intent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A message as the classifier reads it: without links, numbers of vehicles and phones (they carry no wish), as a whole
 * and in sentences.
 *
 * @param whole the cleaned text
 * @param parts its sentences, each once; neighbours joined where there are more than {@value #MOST_PARTS}
 */
record MessageText(String whole, List<String> parts) {
    private static final int MOST_PARTS = 16;
    private static final int SHORTEST = 3;

    private static final Pattern LINK = Pattern.compile("https?://\\S{1,2000}|\\S{1,64}@\\S{1,255}");
    private static final Pattern VIN = Pattern.compile("\\b[A-HJ-NPR-Za-hj-npr-z0-9]{17}\\b");
    private static final Pattern PHONE = Pattern.compile("\\+?\\(?\\d{3,5}\\)?[ .-]?\\d{3}[ .-]?\\d{3,4}\\b");
    private static final Pattern END = Pattern.compile("(?<=[.!?])\\s{1,50}|\\n+|;\\s");
    /** What follows is an older message that this one answers. */
    private static final Pattern QUOTED =
            Pattern.compile("(?m)^(?:>.{0,500}|-{2,} ?Original Message ?-{2,}.{0,20000})$");

    static MessageText of(String text) {
        String own = QUOTED.matcher(text).replaceAll(" ");
        String whole = LINK.matcher(own).replaceAll(" ");
        whole = VIN.matcher(whole).replaceAll(" ");
        whole = PHONE.matcher(whole).replaceAll(" ").strip();
        LinkedHashSet<String> sentences = new LinkedHashSet<>();
        for (String sentence : END.split(whole)) {
            if (sentence.strip().length() >= SHORTEST) {
                sentences.add(sentence.strip());
            }
        }
        sentences.remove(whole);
        return new MessageText(whole, windows(new ArrayList<>(sentences)));
    }

    private static List<String> windows(List<String> sentences) {
        int width = Math.max(1, (sentences.size() + MOST_PARTS - 1) / MOST_PARTS);
        List<String> windows = new ArrayList<>();
        for (int from = 0; from < sentences.size(); from += width) {
            windows.add(String.join(" ", sentences.subList(from, Math.min(sentences.size(), from + width))));
        }
        return windows;
    }

    /** Returns the whole, then the parts. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        all.add(whole);
        all.addAll(parts);
        return all;
    }
}
