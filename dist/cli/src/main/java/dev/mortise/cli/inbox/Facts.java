package dev.mortise.cli.inbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Facts that stand in a message.
 *
 * @param vin the vehicle identification number, 17 characters
 * @param mileageKm the mileage in kilometres
 * @param phones telephone numbers, E.164 where the country is known
 * @param dates dates as {@code 2026-03-05}
 * @since 0.1
 */
public record Facts(Optional<String> vin, OptionalLong mileageKm, List<String> phones, List<String> dates) {
    /** Takes immutable copies of the lists. */
    public Facts {
        phones = List.copyOf(phones);
        dates = List.copyOf(dates);
    }

    /** Reads facts as a label or a decision writes them; what is absent or of another type is left out. */
    public static Facts of(JsonNode node) {
        JsonNode vin = node.path("vin");
        JsonNode mileage = node.path("mileageKm");
        return new Facts(
                vin.isString() ? Optional.of(vin.stringValue()) : Optional.empty(),
                mileage.isNumber() ? OptionalLong.of(mileage.asLong()) : OptionalLong.empty(),
                strings(node.path("phones")),
                strings(node.path("dates")));
    }

    static List<String> strings(JsonNode array) {
        return array.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
