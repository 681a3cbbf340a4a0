package dev.mortise.automotive.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a message says in so many words. What it does not say is null or empty.
 *
 * @param vin the first vehicle identification number
 * @param vinChecked whether its check digit holds; null without a number
 * @param mileageKm the odometer in kilometres
 * @param dates the days that are named and not in the past, as {@code 2026-03-05}, in order of appearance
 * @param times the times of day that are named, as {@code 14:30}
 * @param dayParts morning, afternoon or evening, where named
 * @param phones in E.164
 * @param emails as written, the domain in lower case
 * @param plate the licence plate
 * @param name who signed
 * @since 0.1
 */
public record Facts(
        @Nullable String vin,
        @Nullable Boolean vinChecked,
        @Nullable Integer mileageKm,
        List<String> dates,
        List<String> times,
        List<String> dayParts,
        List<String> phones,
        List<String> emails,
        @Nullable String plate,
        @Nullable String name) {
    /** Takes immutable copies; a list that is missing is empty. */
    public Facts {
        dates = copy(dates);
        times = copy(times);
        dayParts = copy(dayParts);
        phones = copy(phones);
        emails = copy(emails);
    }

    /** Returns the facts of a message that says nothing. */
    public static Facts none() {
        return new Facts(null, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
    }

    /** Reads what the step {@code automotive.extract} returned; anything else says nothing. */
    public static Facts of(JsonNode node, JsonMapper json) {
        return node.isObject() ? json.treeToValue(node, Facts.class) : none();
    }

    // Facts come back as JSON from a workflow, where a list may be missing.
    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
