package dev.mortise.sandbox.run;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.Language;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Languages as people write them. */
public final class LanguageName {
    private LanguageName() {}

    /**
     * Reads a name such as {@code javascript}.
     *
     * @throws MortiseException with {@code api.input-invalid} for any other
     */
    public static Language parse(String name) {
        return Arrays.stream(Language.values())
                .filter(language -> language.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new MortiseException(
                        ApiError.INPUT_INVALID,
                        "There is no language \"" + name + "\"",
                        "Use one of "
                                + Arrays.stream(Language.values())
                                        .map(Language::id)
                                        .collect(Collectors.joining(", "))));
    }
}
