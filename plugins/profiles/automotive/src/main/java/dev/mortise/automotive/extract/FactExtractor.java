package dev.mortise.automotive.extract;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts out of a message. Thread-safe.
 *
 * @since 0.1
 */
public final class FactExtractor {
    private final VinFinder vins = new VinFinder();
    private final EmailFinder emails = new EmailFinder();
    private final PlateFinder plates = new PlateFinder();
    private final NameFinder names = new NameFinder();
    private final TimeFinder times = new TimeFinder();
    private final MileageFinder mileages;
    private final DateFinder dates;
    private final PhoneFinder phones;
    private final ZoneId zone;

    /**
     * Creates an extractor for a dealership's place.
     *
     * @param region ISO 3166-1 alpha-2, such as {@code US}: how national phone numbers and 3/5 are read
     * @param zone which day a message's time belongs to
     * @param miles whether a bare "84k" counts miles
     */
    public FactExtractor(String region, ZoneId zone, boolean miles) {
        this.mileages = new MileageFinder(miles);
        this.dates = new DateFinder(region.equals("US"));
        this.phones = new PhoneFinder(region);
        this.zone = zone;
    }

    /**
     * Reads the facts; time grows with the length of the text and no faster.
     *
     * @param receivedAt what relative dates count from
     * @param from the sender as the channel gives it, may be empty
     */
    public Facts extract(String text, Instant receivedAt, String from) {
        List<VinFinder.Found> found = vins.find(text);
        Optional<Vin> vin = found.stream().map(VinFinder.Found::vin).findFirst();
        String rest = without(text, found);
        OptionalInt km = mileages.find(rest);
        return new Facts(
                vin.map(Vin::value).orElse(null),
                orNull(vin.map(Vin::checked)),
                km.isPresent() ? km.getAsInt() : null,
                dates.find(rest, receivedAt.atZone(zone).toLocalDate()).stream()
                        .map(Object::toString)
                        .toList(),
                times.times(rest),
                times.dayParts(rest),
                phones.find(rest + (from.isBlank() ? "" : "\n" + from)),
                emails.find(rest + "\n" + from),
                plates.find(rest).orElse(null),
                names.find(text, from).orElse(null));
    }

    private static @Nullable Boolean orNull(Optional<Boolean> value) {
        return value.isPresent() ? value.get() : null;
    }

    /** Blanks the numbers that are known, so that their digits are not read as something else. */
    private static String without(String text, List<VinFinder.Found> found) {
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text);
        for (VinFinder.Found vin : found) {
            rest.replace(vin.start(), vin.end(), String.join("", Collections.nCopies(vin.end() - vin.start(), " ")));
        }
        return rest.toString();
    }
}
