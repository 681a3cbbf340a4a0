package dev.mortise.automotive.reply;

import dev.mortise.automotive.Message;
import dev.mortise.automotive.extract.Facts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person needs who takes a message over.
 *
 * @param reason why the profile did not decide
 * @param summary what is known, in a few lines
 * @since 0.1
 */
public record HandOver(@Nullable String reason, String summary) {
    private static final int EXCERPT = 300;

    /** Sums a message up. */
    public static HandOver of(Message message, @Nullable String reason, @Nullable String guess, Facts facts) {
        List<String> lines = new ArrayList<>();
        lines.add("Message " + message.id() + (message.channel().isEmpty() ? "" : " by " + message.channel())
                + (message.from().isEmpty() ? "" : " from " + message.from()) + ", "
                + message.text().length() + " characters");
        lines.add("Needs a person: " + (reason == null ? "unsure" : reason)
                + (guess == null ? "" : "; perhaps " + guess));
        add(lines, "Name", facts.name());
        add(lines, "VIN", facts.vin());
        add(lines, "Mileage (km)", facts.mileageKm());
        add(lines, "Phone", String.join(", ", facts.phones()));
        add(lines, "E-mail", String.join(", ", facts.emails()));
        add(lines, "Dates", String.join(", ", facts.dates()));
        String text = message.text().strip().replaceAll("\\s{1,1000}", " ");
        add(lines, "Text", text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text);
        return new HandOver(reason, String.join("\n", lines));
    }

    private static void add(List<String> lines, String what, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add(what + ": " + value);
        }
    }
}
