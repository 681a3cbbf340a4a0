package dev.mortise.api.event;

import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small handler keeps the contract: the suite itself works. */
class SampleEventHandlerTest extends EventHandlerContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Invoice(String number) {}

    private static final class Book implements EventHandler {
        @Override
        public String name() {
            return "sample.book";
        }

        @Override
        public Set<String> topics() {
            return Set.of("billing.invoice.sent", "billing.reminder.*");
        }

        @Override
        public void handle(Delivery delivery) {
            Invoice invoice = delivery.event().payload(JSON, Invoice.class);
            throw new AssertionError("A payload that cannot be read was booked as " + invoice.number());
        }
    }

    /** A delivery that belongs to no subscription. */
    private record LooseDelivery(Event event, int attempt) implements Delivery {
        @Override
        public <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work) {
            throw new AssertionError("A payload that cannot be read was worked on");
        }
    }

    private final EventHandler handler = new Book();

    @Override
    protected EventHandler handler() {
        return handler;
    }

    @Override
    protected Delivery badDelivery() {
        JsonNode payload = JSON.readTree("[1]");
        return new LooseDelivery(
                new Event(
                        UUID.randomUUID(),
                        1,
                        "billing.invoice.sent",
                        Optional.empty(),
                        payload,
                        Instant.EPOCH,
                        "0".repeat(32)),
                1);
    }
}
