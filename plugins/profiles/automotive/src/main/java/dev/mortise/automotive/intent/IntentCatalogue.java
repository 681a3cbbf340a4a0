package dev.mortise.automotive.intent;

import dev.mortise.automotive.BundledYaml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wishes that the profile knows, in a fixed order, and the sentences that say nothing.
 *
 * @param intents each wish with its examples; one of them is {@link Intent#NONE}
 * @param neutral greetings and the like, which do not vote
 * @param languages ISO 639-1 codes of the languages that are decided without a person
 * @since 0.1
 */
public record IntentCatalogue(List<Intent> intents, List<String> neutral, Set<String> languages) {
    /** Takes immutable copies. */
    public IntentCatalogue {
        intents = List.copyOf(intents);
        neutral = List.copyOf(neutral);
        languages = Set.copyOf(languages);
    }

    /** Reads {@code intents.yaml}, and {@code intents-next.yaml} on top of it where the jar has one. */
    public static IntentCatalogue load(BundledYaml yaml) {
        Document base = yaml.read(IntentCatalogue.class, "intents.yaml", Document.class)
                .orElseThrow(() -> BundledYaml.missing("intents.yaml"));
        Document more = yaml.read(IntentCatalogue.class, "intents-next.yaml", Document.class)
                .orElse(new Document(null, null, null));
        List<Intent> intents = base.wishes().stream()
                .map(intent -> more.wishes().stream()
                        .filter(extra -> extra.id().equals(intent.id()))
                        .reduce(intent, Intent::with))
                .toList();
        List<String> neutral = new ArrayList<>(base.fillers());
        neutral.addAll(more.fillers());
        Set<String> languages = new LinkedHashSet<>(Set.of("en"));
        languages.addAll(more.tongues());
        return new IntentCatalogue(intents, neutral, languages);
    }

    /** Returns the wish of that id. */
    public Intent intent(String id) {
        return intents.stream()
                .filter(intent -> intent.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No intent is called " + id));
    }

    /** The file's form; a list that is missing there is null. */
    private record Document(
            @Nullable List<Intent> intents,
            @Nullable List<String> neutral,
            @Nullable List<String> languages) {
        List<Intent> wishes() {
            return intents == null ? List.of() : intents;
        }

        List<String> fillers() {
            return neutral == null ? List.of() : neutral;
        }

        List<String> tongues() {
            return languages == null ? List.of() : languages;
        }
    }
}
