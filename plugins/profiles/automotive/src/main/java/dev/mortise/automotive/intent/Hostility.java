package dev.mortise.automotive.intent;

import dev.mortise.automotive.BundledYaml;
import java.util.List;

/**
 * Tells messages that are written against the reader: threats and gross insults, and texts that give orders to a
 * machine (prompt injection; OWASP LLM01). They cannot change what this profile does, since no text is ever taken as an
 * instruction; a person should see them all the same. The phrases are in {@code hostile.yaml}.
 */
final class Hostility {
    private final Phrases phrases;

    Hostility(BundledYaml yaml) {
        Lists lists = yaml.read(Hostility.class, "hostile.yaml", Lists.class)
                .orElseThrow(() -> BundledYaml.missing("hostile.yaml"));
        this.phrases = new Phrases(java.util.stream.Stream.of(lists.injection(), lists.abuse(), lists.code())
                .flatMap(List::stream)
                .toList());
    }

    boolean isHostile(String text) {
        return phrases.firstIn(text).isPresent();
    }

    /** The file's form. */
    private record Lists(List<String> injection, List<String> abuse, List<String> code) {}
}
