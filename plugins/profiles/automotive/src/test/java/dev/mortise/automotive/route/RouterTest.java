package dev.mortise.automotive.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.automotive.BundledYaml;
import dev.mortise.automotive.intent.IntentCatalogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("I2")
final class RouterTest {
    private final BundledYaml yaml = new BundledYaml(JsonMapper.shared());
    private final Router router = Router.load(yaml, IntentCatalogue.load(yaml));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "book-service|I'd like an oil change|service|NORMAL",
                "book-service|oil change today please|service|HIGH",
                "repair-problem|brake pedal goes to the floor|service|HIGH",
                "repair-problem|flames under the hood|service|CRITICAL",
                "breakdown|my car stopped|roadside|CRITICAL",
                "complaint|not happy|customer-care|HIGH",
                "general-question|are you open today|reception|LOW",
                "parts-order|can I pick it up today|parts|NORMAL",
                "finance-lease|payoff|finance|NORMAL"
            })
    void departmentAndUrgencyFollowTheTable(String intent, String text, String department, Urgency urgency) {
        Route route = router.route(intent, text);
        assertThat(route.department()).isEqualTo(department);
        assertThat(route.urgency()).isEqualTo(urgency);
    }

    @Test
    void whatIsNotKnownGoesToReception() {
        assertThat(router.route(null, "hm").department()).isEqualTo("reception");
        assertThat(router.route("no-such-wish", "hm").department()).isEqualTo("reception");
    }

    @Test
    void aRouteSaysWhy() {
        assertThat(router.route("book-service", "asap!").because()).containsExactly("asap");
    }
}
