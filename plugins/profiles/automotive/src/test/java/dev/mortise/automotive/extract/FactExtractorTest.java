package dev.mortise.automotive.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mortise.automotive.LabelledMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("I2")
final class FactExtractorTest {
    /** A Monday. */
    private static final Instant RECEIVED = Instant.parse("2026-03-02T08:15:00Z");

    private final FactExtractor american = new FactExtractor("US", ZoneOffset.UTC, true);
    private final FactExtractor german = new FactExtractor("DE", ZoneOffset.UTC, false);

    private Facts read(String text) {
        return american.extract(text, RECEIVED, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIN 1M8GDM9AXKP042788",
                "vin: 1m8gdm9axkp042788",
                "1M8GD M9AXK P0427 88",
                "1M8-GDM9AXKP-042788",
                "my VIN is 1M8GDM9AXKPO42788"
            })
    void aVinIsReadHoweverItIsWritten(String text) {
        assertThat(read(text).vin()).isEqualTo("1M8GDM9AXKP042788");
        assertThat(read(text).vinChecked()).isTrue();
    }

    @Test
    void aNorthAmericanVinWhoseCheckDigitFailsIsNotOne() {
        assertThat(read("VIN 1M8GDM9A1KP042788").vin()).isNull();
    }

    @Test
    void aEuropeanVinNeedsNoCheckDigit() {
        Facts facts = read("chassis WVGZZZ5NZJW812345");
        assertThat(facts.vin()).isEqualTo("WVGZZZ5NZJW812345");
        assertThat(facts.vinChecked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it has 84,000 miles on it|135185", "84k miles|135185", "Mileage: 120.000 km|120000", "82 000 km|82000",
                "odometer 84k|135185", "90k on it|144841", "about eighty thousand miles|128748", "12500km|12500",
                "17 altima 90k on the clock|144841"
            })
    void mileageIsReadInKilometres(String text, int km) {
        assertThat(read(text).mileageKm()).isEqualTo(km);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "due for its 60,000 mile service",
                "I live 500 miles away",
                "10000 miles a year",
                "price 12,000",
                "service due in 500 km",
                "going 70 mph",
                "within 1000 miles"
            })
    void whatIsNotTheOdometerIsNotMileage(String text) {
        assertThat(read(text).mileageKm()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tomorrow morning|2026-03-03", "next Tuesday|2026-03-10", "on Tuesday|2026-03-03",
                        "this Friday|2026-03-06",
                "the 5th of March|2026-03-05", "March 5th|2026-03-05", "3/5|2026-03-05", "2026-03-05|2026-03-05",
                "on the 12th|2026-03-12", "5.3.2026|2026-03-05", "in two weeks|2026-03-16", "Dec 31|2026-12-31",
                "day after tomorrow|2026-03-04", "25/3|2026-03-25", "can u do thurs|2026-03-05"
            })
    void daysCountFromTheDayOfTheMessage(String text, String date) {
        assertThat(read(text).dates()).containsExactly(date);
    }

    @Test
    void inGermanyTheDayComesFirst() {
        assertThat(german.extract("3/5", RECEIVED, "").dates()).containsExactly("2026-05-03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since Monday",
                "last Tuesday",
                "open 24/7",
                "1/2 tank",
                "225/45r17",
                "open on Sundays",
                "I sat in traffic",
                "13/32 wrench",
                "it may be 5 minutes"
            })
    void whatIsNoDayToComeIsLeftOut(String text) {
        assertThat(read(text).dates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"at 9|09:00", "2:30 pm|14:30", "around noon|12:00", "10 o'clock|10:00", "by 4|16:00"})
    void timesAreReadAsAWorkshopMeansThem(String text, String time) {
        assertThat(read(text).times()).containsExactly(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call 617-555-0142|+16175550142",
                "(312) 555-0123|+13125550123",
                "512.555.0164|+15125550164",
                "+44 7911 123456|+447911123456",
                "4155550188 thanks|+14155550188"
            })
    void phonesAreWrittenInE164(String text, String phone) {
        assertThat(read(text).phones()).containsExactly(phone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoice 4155550188", "part 90915-12345", "2026-03-05", "84,000 miles", "claim 88-2213"})
    void otherNumbersAreNoPhones(String text) {
        assertThat(read(text).phones()).isEmpty();
    }

    @Test
    void addressesPlateAndNameAreRead() {
        Facts facts = read("Reg AB12 CDE, write to Paul.D@Example.COM.\n\nKind regards,\nPaul Denning\n");
        assertThat(facts.emails()).containsExactly("Paul.D@example.com");
        assertThat(facts.plate()).isEqualTo("AB12 CDE");
        assertThat(facts.name()).isEqualTo("Paul Denning");
    }

    @Test
    void whatTheLabelledMessagesSayIsRead() {
        for (JsonNode message : LabelledMessages.of("tune")) {
            JsonNode expected = message.path("label").path("facts");
            Facts facts = american.extract(message.path("text").asString(), RECEIVED, "");
            String id = message.path("id").asString();
            assertThat(facts.vin()).as(id).isEqualTo(expected.path("vin").stringValue(null));
            if (expected.has("mileageKm")) {
                assertThat(facts.mileageKm())
                        .as(id)
                        .isEqualTo(expected.path("mileageKm").asInt());
            }
            assertThat(facts.phones()).as(id).containsAll(LabelledMessages.texts(expected.path("phones")));
            assertThat(facts.dates()).as(id).containsAll(LabelledMessages.texts(expected.path("dates")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "1 ",
                "(1) ",
                "@",
                "a@b.",
                "12,000 ",
                "3/5 ",
                "1M8GD M9AXK ",
                "regards,\n",
                "twenty thousand ",
                "\u0000"
            })
    void aMegabyteOfAnythingIsReadInLinearTime(String unit) {
        String megabyte = unit.repeat(1_000_000 / unit.length());
        assertTimeout(Duration.ofSeconds(20), () -> assertThat(read(megabyte)).isNotNull());
    }

    @Test
    void noTextMakesItFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "12",
                "/",
                "-",
                " ",
                ".",
                "th",
                "march",
                "next ",
                "mon",
                "k",
                "miles",
                "@",
                "+",
                "(",
                "VIN",
                "O",
                "99999999999",
                "\n",
                "é",
                "\uD800",
                "am",
                ":",
                "%");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(read(text.toString())).as("seed %d: %s", seed, text).isNotNull();
        }
    }
}
