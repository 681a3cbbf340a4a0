package dev.mortise.automotive;

import dev.mortise.api.settings.Setting;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, section {@code plugins.automotive} of the server's file.
 *
 * @param dealership the name that replies are signed with
 * @param phone the number that replies name, free text; none when absent
 * @param region ISO 3166-1 alpha-2: how national phone numbers and 3/5 are read, and whether bare distances are miles
 * @param timeZone which day a message belongs to, such as {@code America/New_York}
 * @param minConfidence from 0 to 1; what is less sure goes to a person
 * @param replies who drafts replies: {@code template}, {@code model} or {@code auto}
 * @param chatModel the model that drafts, as the gateway names it; its default when absent
 * @param embeddingModel the model that classifies, as the gateway names it; its default when absent
 * @param keepText what of a message is kept with its decision: {@code none}, {@code excerpt} or {@code full}
 * @since 0.1
 */
public record AutomotiveSettings(
        @Setting("The name that replies are signed with.") @Nullable
        String dealership,

        @Setting("The number that replies name, free text; none by default.") @Nullable
        String phone,

        @Setting(
                value = "ISO 3166-1 alpha-2, such as DE: how phone numbers and dates are read; US by default.",
                min = 2,
                max = 2)
        @Nullable
        String region,

        @Setting("Which day a message belongs to, such as Europe/Berlin; UTC by default.") @Nullable
        String timeZone,

        @Setting(value = "What is less sure goes to a person; 0.4 by default.", min = 0, max = 1) @Nullable
        Double minConfidence,

        @Setting(
                value = "Who drafts replies: template (the default), model or auto.",
                pattern = "^(?i:template|model|auto)$")
        @Nullable
        String replies,

        @Setting("The model that drafts, as the gateway names it; its default when absent.") @Nullable
        String chatModel,

        @Setting("The model that classifies, as the gateway names it; its default when absent.") @Nullable
        String embeddingModel,

        @Setting(
                value = "What of a message is kept with its decision: none, excerpt (the default) or full.",
                pattern = "^(?i:none|excerpt|full)$",
                tenant = true)
        @Nullable
        String keepText) {
    /** Who drafts replies. */
    public enum Replies {
        /** The templates of the profile. */
        TEMPLATE,
        /** A chat model; the templates where it fails. */
        MODEL,
        /** A chat model where the gateway lists one, the templates otherwise. */
        AUTO
    }

    /** What of a message is kept with its decision. */
    public enum KeepText {
        /** Nothing. */
        NONE,
        /** The first 200 characters, with numbers and addresses blanked. */
        EXCERPT,
        /** Everything. */
        FULL
    }

    /** Where the classifier decides, measured on the messages of the distribution: see README.md. */
    static final double DEFAULT_MIN_CONFIDENCE = 0.40;

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException when a value is not possible
     */
    public AutomotiveSettings {
        region = region == null ? "US" : region.toUpperCase(Locale.ROOT);
        timeZone = timeZone == null ? "UTC" : ZoneId.of(timeZone).getId();
        minConfidence = minConfidence == null ? DEFAULT_MIN_CONFIDENCE : minConfidence;
        replies = one(Replies.class, "replies", replies, Replies.TEMPLATE).name();
        keepText = one(KeepText.class, "keepText", keepText, KeepText.EXCERPT).name();
        if (minConfidence < 0 || minConfidence > 1) {
            throw new IllegalArgumentException("minConfidence is " + minConfidence + "; it lies between 0 and 1");
        }
        if (region.length() != 2) {
            throw new IllegalArgumentException("region is " + region + "; it has two letters, such as US");
        }
    }

    /** Returns the settings of a server that sets nothing. */
    public static AutomotiveSettings defaults() {
        return new AutomotiveSettings(null, null, null, null, null, null, null, null, null);
    }

    /** Returns what confidence is sure enough. */
    public double threshold() {
        return minConfidence == null ? DEFAULT_MIN_CONFIDENCE : minConfidence;
    }

    /** Returns the name that replies are signed with. */
    public String signature() {
        return dealership == null || dealership.isBlank() ? "Your service team" : dealership;
    }

    /** Returns the region. */
    public String place() {
        return region == null ? "US" : region;
    }

    /** Returns the zone. */
    public ZoneId zone() {
        return ZoneId.of(timeZone == null ? "UTC" : timeZone);
    }

    /** Returns whether a distance without a unit is in miles: the customary unit of the region's road signs. */
    public boolean miles() {
        return place().equals("US") || place().equals("GB");
    }

    /** Returns who drafts replies. */
    public Replies drafting() {
        return one(Replies.class, "replies", replies, Replies.TEMPLATE);
    }

    /** Returns what of a message is kept. */
    public KeepText keeping() {
        return one(KeepText.class, "keepText", keepText, KeepText.EXCERPT);
    }

    private static <E extends Enum<E>> E one(Class<E> type, String setting, @Nullable String value, E otherwise) {
        if (value == null) {
            return otherwise;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        setting + " is " + value + "; it is one of " + Arrays.toString(type.getEnumConstants())));
    }

    /** Returns the model that drafts, or empty for the gateway's default. */
    public Optional<String> drafter() {
        return Optional.ofNullable(chatModel);
    }

    /** Returns the model that classifies, or empty for the gateway's default. */
    public Optional<String> embedder() {
        return Optional.ofNullable(embeddingModel);
    }
}
