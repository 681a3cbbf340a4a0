package dev.mortise.automotive.intent;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much the words of a text speak for each wish. A sentence embedding of a small model blurs the words of the trade
 * ("payoff", "MOT", "tow"), which are what a service advisor listens for; they are added as log-odds.
 */
final class CueSheet {
    private static final double STRONG = 1.0;
    private static final double WEAK = 0.4;
    /** Beyond two strong words a third proves nothing more. */
    private static final double MOST = 2.0;

    private final List<List<Cue>> cues;

    CueSheet(List<Intent> intents) {
        this.cues = intents.stream().map(CueSheet::cues).toList();
    }

    /** Returns the weight for each wish, in the catalogue's order. */
    double[] weigh(String text) {
        String flat = Words.flat(text);
        return cues.stream()
                .mapToDouble(list -> Math.min(
                        MOST,
                        list.stream()
                                .filter(cue -> cue.pattern().matcher(flat).find())
                                .mapToDouble(Cue::weight)
                                .sum()))
                .toArray();
    }

    private static List<Cue> cues(Intent intent) {
        if (intent.cues() == null) {
            return List.of();
        }
        return Stream.concat(
                        cues(intent.cues().strong(), STRONG), cues(intent.cues().weak(), WEAK))
                .toList();
    }

    private static Stream<Cue> cues(@Nullable List<String> phrases, double weight) {
        return phrases == null ? Stream.of() : phrases.stream().map(phrase -> new Cue(Phrases.pattern(phrase), weight));
    }

    private record Cue(Pattern pattern, double weight) {}
}
