package dev.mortise.openai.settings;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that several of the settings share. Their messages name the setting and what is allowed. */
final class Checks {
    private Checks() {}

    static String requireText(String setting, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(setting + " is missing");
        }
        return value;
    }

    static void requireUnique(String what, Stream<String> values) {
        Set<String> seen = new HashSet<>();
        values.filter(value -> !seen.add(value)).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException("The " + what + " \"" + twice + "\" is there twice");
        });
    }
}
