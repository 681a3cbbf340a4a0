package dev.mortise.api.event;

import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.job.RetryPolicy;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A subscription. Its name, which begins with the plugin's id and a dot, is where its position is kept: a new version
 * with the same name goes on where the old one was.
 *
 * <p>A delivery has the event's tenant bound and a principal of kind {@code SYSTEM} that stands for the subscriber's
 * plugin. Events of one key come one after the other; others may come at the same time, on other nodes too.
 *
 * @since 0.1
 */
@ConsumerType
public interface EventHandler extends NamedExtension {
    /** What becomes of an event that cannot be handled. */
    enum OnPoison {
        /** It is set aside with the reason, and the subscription goes on with the next. */
        PARK,
        /** The subscription stops before it, for the tenant and the keys beside it, until somebody resumes it. */
        STOP
    }

    /**
     * Returns the names of the events that are wanted; a name that ends in {@code .*} means all that begin so. Constant
     * in one version of the plugin.
     */
    Set<String> topics();

    /**
     * Handles one event. When it throws, the event comes again as {@link #retries} says, and those of the same key wait
     * behind it.
     */
    void handle(Delivery delivery);

    /** Returns how failed deliveries are tried again. */
    default RetryPolicy retries() {
        return RetryPolicy.standard();
    }

    /** Returns what becomes of an event whose tries are used up. */
    default OnPoison onPoison() {
        return OnPoison.PARK;
    }
}
