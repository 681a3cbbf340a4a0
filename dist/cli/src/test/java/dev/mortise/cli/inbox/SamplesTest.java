package dev.mortise.cli.inbox;

import static dev.mortise.cli.inbox.InboxFixture.messages;
import static dev.mortise.cli.inbox.InboxFixture.problems;
import static dev.mortise.cli.inbox.InboxFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the sample files to what their README promises. */
@Tag("I1")
class SamplesTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final Map<String, String> DEPARTMENT_OF_INTENT = Map.ofEntries(
            Map.entry("book-service", "service"),
            Map.entry("repair-problem", "service"),
            Map.entry("breakdown", "roadside"),
            Map.entry("body-damage", "body-shop"),
            Map.entry("reschedule-cancel", "service"),
            Map.entry("repair-status", "service"),
            Map.entry("parts-order", "parts"),
            Map.entry("recall-warranty", "warranty"),
            Map.entry("buy-vehicle", "sales"),
            Map.entry("sell-trade-in", "sales"),
            Map.entry("finance-lease", "finance"),
            Map.entry("invoice-billing", "accounting"),
            Map.entry("complaint", "customer-care"),
            Map.entry("general-question", "reception"));
    private static final Set<String> URGENCIES = Set.of("low", "normal", "high", "critical");
    private static final Set<String> CHANNELS = Set.of("mail", "sms", "web", "phone-note");

    private final List<InboxEntry> entries = read(SAMPLES.resolve("service-inbox.jsonl"));
    private final List<InboxMessage> messages = messages(entries);

    @Test
    void everyLineIsAMessageWithALabelAndThereAreEnough() {
        assertThat(problems(entries)).isEmpty();
        assertThat(messages).hasSizeGreaterThanOrEqualTo(150).allSatisfy(message -> {
            assertThat(message.label()).isPresent();
            assertThat(message.receivedAt()).isPresent();
            assertThat(message.channel()).isIn(CHANNELS);
        });
    }

    @Test
    void idsAreUnique() {
        assertThat(new HashSet<>(messages.stream().map(InboxMessage::id).toList()))
                .hasSameSizeAs(messages);
    }

    @Test
    void labelsAreInTheVocabularyAndDepartmentsFollowFromIntents() {
        assertThat(messages).allSatisfy(message -> {
            Label label = message.label().orElseThrow();
            assertThat(label.urgency()).isIn(URGENCIES);
            assertThat(label.intents()).allMatch(DEPARTMENT_OF_INTENT::containsKey);
            assertThat(label.departments())
                    .containsExactlyElementsOf(label.intents().stream()
                            .map(DEPARTMENT_OF_INTENT::get)
                            .distinct()
                            .toList());
            assertThat(label.person()).isEqualTo(label.intents().isEmpty());
        });
    }

    @Test
    void everyIntentAndEveryUrgencyIsThere() {
        List<Label> labels =
                messages.stream().flatMap(message -> message.label().stream()).toList();

        assertThat(labels.stream().flatMap(label -> label.intents().stream()))
                .containsAll(DEPARTMENT_OF_INTENT.keySet());
        assertThat(labels).extracting(Label::urgency).containsAll(URGENCIES);
    }

    @Test
    void factsStandInTheTextAndAreWellFormed() {
        assertThat(messages).allSatisfy(message -> {
            Facts facts = message.label().orElseThrow().facts();
            String squeezed = message.text().replaceAll("\\s", "").toUpperCase(Locale.ROOT);
            facts.vin().ifPresent(vin -> {
                assertThat(squeezed).contains(vin);
                assertThat(vin).matches("[A-HJ-NPR-Z0-9]{17}");
                if (vin.charAt(0) <= '5') {
                    assertThat(vin.charAt(8)).isEqualTo(checkDigit(vin));
                }
            });
            assertThat(facts.dates())
                    .allSatisfy(date -> assertThat(LocalDate.parse(date)).isNotNull());
            String digits = message.text().replaceAll("\\D", "");
            assertThat(facts.phones()).allSatisfy(phone -> {
                assertThat(phone).matches("\\+(1\\d{3}55501\\d{2}|44(7700900|1632960|2079460)\\d{3})");
                assertThat(digits).contains(phone.substring(phone.length() - 7));
            });
        });
    }

    @Test
    void thereAreHostileAndHugeOnes() {
        assertThat(messages).anyMatch(message -> message.text().isEmpty());
        assertThat(messages).anyMatch(message -> message.text().indexOf(0) >= 0);
        assertThat(messages).anyMatch(message -> message.text().indexOf('\u202E') >= 0);
        assertThat(messages).anyMatch(message -> message.text().length() >= 1 << 20);
    }

    @Test
    void theTableAndTheMailboxAreReadWhole() {
        List<InboxEntry> table = read(SAMPLES.resolve("service-inbox.csv"));
        List<InboxEntry> mailbox = read(SAMPLES.resolve("service-inbox.mbox"));

        assertThat(messages(table)).hasSize(20).hasSameSizeAs(table);
        assertThat(messages)
                .extracting(InboxMessage::text)
                .containsAll(messages(table).stream().map(InboxMessage::text).toList());
        assertThat(messages(mailbox)).hasSize(10).hasSameSizeAs(mailbox);
        assertThat(messages(mailbox)).extracting(InboxMessage::from).contains("J\u00FCrgen Maier <j.maier@example.de>");
        assertThat(messages(mailbox).getFirst().text()).contains("\nFrom where I live");
    }

    /** ISO 3779 and 49 CFR 565.15: letters have values, places have weights, the rest modulo 11. */
    private static char checkDigit(String vin) {
        String letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
        String values = "12345678123457923456789";
        int[] weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            char each = vin.charAt(i);
            int value = Character.isDigit(each) ? each - '0' : values.charAt(letters.indexOf(each)) - '0';
            sum += value * weights[i];
        }
        return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
    }
}
