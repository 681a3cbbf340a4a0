package dev.mortise.sandbox.run;

import dev.mortise.api.http.Described;
import dev.mortise.api.http.Example;
import dev.mortise.api.http.Limited;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Script;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run of one script.
 *
 * @since 0.1
 */
public record RunOrder(
        @Described("javascript or python.") @Example("javascript")
        String language,

        @Described("The text of the script.")
        @Example("function main(input) { return input.net * 1.19; }")
        @Limited(min = 1, max = Script.MOST_CHARACTERS)
        String source,

        @Described("What places in messages are called by. Default: script.") @Limited(min = 1, max = 200) @Nullable
        String name,

        @Described("The function that is called. Default: main.")
        @Limited(pattern = "[A-Za-z_$][A-Za-z0-9_$]{0,99}")
        @Nullable
        String entry,

        @Described("What the function takes, any JSON.") @Example("{\"net\": 100}") @Nullable
        JsonNode input,

        @Described("What the run may use.") @Nullable LimitsOrder limits,

        @Described("What exists for the script beside its language.") @Nullable
        GrantsOrder grants) {
    /** Returns the script. A language that is none is refused with {@code api.input-invalid}. */
    public Script script() {
        return new Script(
                LanguageName.parse(language),
                name == null ? "script" : name,
                source,
                entry == null ? Script.MAIN : entry);
    }

    /** Returns what is asked of the sandbox, with these grants. */
    public LeaseRequest request(Grants given) {
        return LeaseRequest.of(LanguageName.parse(language))
                .withLimits(limits == null ? Limits.standard() : limits.limits())
                .withGrants(given);
    }

    /** Returns the grants. */
    public Grants granted() {
        return grants == null ? Grants.none() : grants.grants();
    }

    /** Returns the input as JSON text. */
    public String inputText() {
        return input == null || input.isMissingNode() ? "null" : input.toString();
    }
}
