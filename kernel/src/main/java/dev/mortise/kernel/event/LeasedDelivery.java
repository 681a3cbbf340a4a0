package dev.mortise.kernel.event;

import dev.mortise.api.event.Delivery;
import dev.mortise.api.event.Event;
import dev.mortise.api.event.EventHandler;
import dev.mortise.api.job.RetryPolicy;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A delivery as its handler sees it. */
final class LeasedDelivery implements Delivery {
    private final EventMapper.Row row;
    private final int attempt;
    private final Consumer<Transaction> moveOn;
    private final Runnable afterwards;
    private volatile RetryPolicy retries = RetryPolicy.standard();
    private volatile EventHandler.OnPoison onPoison = EventHandler.OnPoison.PARK;
    private volatile boolean hasBegun;
    private volatile boolean isCompleted;

    /**
     * @param moveOn marks the event as handled, inside of a transaction
     * @param afterwards called when that is committed
     */
    LeasedDelivery(EventMapper.Row row, int attempt, Consumer<Transaction> moveOn, Runnable afterwards) {
        this.row = row;
        this.attempt = attempt;
        this.moveOn = moveOn;
        this.afterwards = afterwards;
    }

    /** Lets the handler work, and remembers what it wants done when it fails. */
    void handBy(EventHandler handler) {
        hasBegun = true;
        retries = handler.retries();
        onPoison = handler.onPoison();
        handler.handle(this);
    }

    boolean hasBegun() {
        return hasBegun;
    }

    boolean isCompleted() {
        return isCompleted;
    }

    RetryPolicy retries() {
        return retries;
    }

    EventHandler.OnPoison onPoison() {
        return onPoison;
    }

    @Override
    public Event event() {
        return new Event(
                row.id(),
                row.position(),
                row.name(),
                Optional.ofNullable(row.eventKey()),
                row.payload(),
                row.publishedAt(),
                row.traceId());
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work) {
        if (!(store instanceof PluginStore own)) {
            throw new IllegalArgumentException("complete() takes the plugin's own store, context.store()");
        }
        if (isCompleted) {
            throw new IllegalStateException("The delivery of event " + row.id() + " is complete already");
        }
        R result = own.transaction(open -> {
            R done = work.apply(open);
            own.kernel(Access.WRITE, book -> {
                moveOn.accept(book);
                return true;
            });
            return done;
        });
        isCompleted = true;
        afterwards.run();
        return result;
    }
}
