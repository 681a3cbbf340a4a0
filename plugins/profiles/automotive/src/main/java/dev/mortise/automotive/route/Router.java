package dev.mortise.automotive.route;

import dev.mortise.automotive.BundledYaml;
import dev.mortise.automotive.intent.Intent;
import dev.mortise.automotive.intent.IntentCatalogue;
import dev.mortise.automotive.intent.Phrases;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the department and the urgency. Thread-safe.
 *
 * @since 0.1
 */
public final class Router {
    /** Enough of a message to see that it is urgent. */
    private static final int READ = 20_000;

    private final IntentCatalogue catalogue;
    private final Phrases critical;
    private final Phrases high;
    private final Set<String> calmFor;

    private Router(IntentCatalogue catalogue, Rules rules) {
        this.catalogue = catalogue;
        this.critical = new Phrases(rules.critical());
        this.high = new Phrases(rules.high());
        this.calmFor = Set.copyOf(rules.calmFor());
    }

    /** Reads {@code routing.yaml}. */
    public static Router load(BundledYaml yaml, IntentCatalogue catalogue) {
        return new Router(
                catalogue,
                yaml.read(Router.class, "routing.yaml", Rules.class)
                        .orElseThrow(() -> BundledYaml.missing("routing.yaml")));
    }

    /**
     * Routes a message.
     *
     * @param intentId the wish, or null where it is not known: reception then finds out
     */
    public Route route(@Nullable String intentId, String text) {
        Intent intent = catalogue.intents().stream()
                .filter(known -> known.id().equals(intentId))
                .findFirst()
                .orElseGet(() -> catalogue.intent(Intent.NONE));
        Urgency usual = intent.urgency() == null ? Urgency.NORMAL : Urgency.of(intent.urgency());
        String start = text.substring(0, Math.min(text.length(), READ));
        String department = intent.department() == null ? "reception" : intent.department();
        Optional<String> danger = calmFor.contains(intent.id()) ? Optional.empty() : critical.firstIn(start);
        if (danger.isPresent()) {
            return new Route(department, Urgency.CRITICAL, List.of(danger.get()));
        }
        Optional<String> haste = calmFor.contains(intent.id()) ? Optional.empty() : high.firstIn(start);
        return haste.map(phrase -> new Route(department, usual.atLeast(Urgency.HIGH), List.of(phrase)))
                .orElseGet(() -> new Route(department, usual, List.of()));
    }

    /** The file's form. */
    private record Rules(List<String> critical, List<String> high, List<String> calmFor) {}
}
