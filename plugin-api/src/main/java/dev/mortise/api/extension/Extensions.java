package dev.mortise.api.extension;

import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The extensions of all running plugins.
 *
 * <p>A call takes a lease on the extension's plugin, runs on a virtual thread of its own whose context class loader is
 * that plugin's and whose {@link dev.mortise.api.call.CallContext} is the caller's, and gives the lease back. While an
 * update swaps the version, calls already running end on the old one and new calls reach the new one; none fails. An
 * interrupt of the caller is passed on to the callee.
 *
 * <p>Neither the extension nor an object of a class of its plugin may be kept after the call.
 *
 * @since 0.1
 */
@ProviderType
public interface Extensions {
    /** Returns what is published for an extension point at this moment, in order of name. */
    <T extends NamedExtension> List<ExtensionInfo> list(Class<T> point);

    /**
     * Calls the extension of that name.
     *
     * @return what {@code call} returned
     * @throws MortiseException with {@code api.extension-missing} when no running plugin offers it, with
     *     {@code api.interrupted} when the calling thread was interrupted, with {@code api.extension-failed} when the
     *     extension failed with anything but a {@code MortiseException}; the latter pass unchanged
     */
    <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call);

    /**
     * Calls the first extension in order of name, for points that have one implementation as a rule.
     *
     * @throws MortiseException as {@link #call}
     */
    <T extends NamedExtension, R extends @Nullable Object> R callAny(
            Class<T> point, Function<? super T, ? extends R> call);

    /**
     * Calls the listener after every change of the set of extensions of that point (also once for each change that only
     * replaces a version). The listener runs on a virtual thread of the watching plugin and finds the new set by
     * {@link #list}; changes that come while it runs are folded into one more call.
     */
    <T extends NamedExtension> Subscription watch(Class<T> point, Runnable listener);
}
