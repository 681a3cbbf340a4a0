package dev.mortise.kernel.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("K4")
class RecordSchemaTest {
    private final JsonMapper json = JsonMapper.shared();

    enum Colour {
        RED,
        BLUE
    }

    record Inner(@Setting(value = "Name.", min = 1) String name, List<Inner> below) {}

    record Everything(
            @Setting(value = "Text.", min = 2, max = 5, pattern = "^[a-z]*$")
            String text,

            @Setting(value = "Number.", min = -0.5, max = 1) double number,

            @Setting(value = "Count.", min = 0, max = 1_000_000)
            long count,

            boolean flag,
            Boolean boxed,
            Colour colour,
            Duration duration,
            Instant instant,
            URI address,
            ZoneId zone,
            UUID id,
            Optional<String> maybe,
            @Setting(value = "Texts.", min = 1, max = 2) List<String> texts,
            Set<Integer> numbers,
            Map<String, Integer> named,
            Map<String, Inner> deep,
            JsonNode anything,
            Inner inner) {}

    private DeclaredSchema schema() {
        return new Schemas().compile(RecordSchema.of(Everything.class));
    }

    private List<Fault> faults(String values) {
        return schema().faults(json.readTree(values));
    }

    @Test
    void whatIsRightIsTaken() {
        assertThat(faults("""
                {"text": "abc", "number": 0.25, "count": 1000000, "flag": true, "boxed": false, "colour": "RED",
                 "duration": "PT1S", "instant": "2026-01-01T00:00:00Z", "address": "https://a/b", "zone": "Europe/Rome",
                 "id": "0199c3a0-0000-7000-8000-000000000000", "maybe": "x", "texts": ["a", "b"], "numbers": [1, 2],
                 "named": {"a": 1}, "deep": {"x": {"name": "n", "below": [{"name": "m"}]}},
                 "anything": {"free": [1, null]}, "inner": {"name": "n"}}""")).isEmpty();
    }

    @Test
    void nothingIsRequired() {
        assertThat(faults("{}")).isEmpty();
    }

    @Test
    void eachWrongValueIsFoundWhereItStands() {
        assertThat(faults("""
                {"text": "a", "number": 2, "count": -1, "flag": 1, "boxed": "x", "colour": "GREEN", "duration": 5,
                 "address": {}, "zone": 1, "maybe": 5, "texts": [], "numbers": ["a"], "named": {"a": "b"},
                 "deep": {"x": {"below": [{"name": ""}]}}, "inner": {"other": 1}, "unknown": 1}"""))
                .map(Fault::path)
                .contains(
                        "/text",
                        "/number",
                        "/count",
                        "/flag",
                        "/boxed",
                        "/colour",
                        "/duration",
                        "/address",
                        "/zone",
                        "/maybe",
                        "/texts",
                        "/numbers/0",
                        "/named/a",
                        "/deep/x/below/0/name",
                        "/inner/other",
                        "/unknown");
    }

    @Test
    void noMessageRepeatsAValue() {
        assertThat(faults("""
                {"text": "SECRET9", "number": "SECRET9", "flag": "SECRET9", "colour": "SECRET9", "count": "SECRET9",
                 "texts": ["SECRET9", "SECRET9", "SECRET9"], "numbers": ["SECRET9"], "inner": "SECRET9"}""")).isNotEmpty().noneMatch(fault -> fault.toString().contains("SECRET9"));
    }

    @Test
    void aTextOfTheFileMayBeANumber() {
        JsonNode values = json.readTree("{\"count\": \"25\", \"flag\": \"true\"}");

        assertThat(schema().faultsInFile(values)).isEmpty();
        assertThat(schema().faults(values)).hasSize(2);
        assertThat(schema().faultsInFile(json.readTree("{\"count\": \"2000000\"}")))
                .hasSize(1);
    }

    @Test
    void whatIsDescribedStandsInTheSchema() {
        ObjectNode schema = schema().node();

        assertThat(schema.at("/properties/text/description").asString()).isEqualTo("Text.");
        assertThat(schema.at("/properties/number/minimum").asDouble()).isEqualTo(-0.5);
        assertThat(schema.at("/properties/count/maximum").asString()).isEqualTo("1000000");
        assertThat(schema.at("/properties/texts/minItems").asInt()).isEqualTo(1);
        assertThat(schema.at("/properties/texts/items").has("minLength")).isFalse();
    }
}
