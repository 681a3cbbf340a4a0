package dev.mortise.kernel;

import dev.mortise.kernel.identity.IdentityOptions;
import dev.mortise.kernel.lifecycle.LifecycleOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a start of the server depends on.
 *
 * @param configuration the configuration file; null for the defaults alone
 * @param environment the environment variables, those of the command line's options laid over them
 * @param clock the time
 * @param lifecycle how patient changes of plugins are
 * @param identity how long sessions and tokens last, and how dear a password is
 */
public record KernelOptions(
        @Nullable Path configuration,
        Function<String, @Nullable String> environment,
        InstantSource clock,
        LifecycleOptions lifecycle,
        IdentityOptions identity) {
    /** Returns the options of an ordinary start. */
    public static KernelOptions of(@Nullable Path configuration, Function<String, @Nullable String> environment) {
        return new KernelOptions(
                configuration,
                environment,
                InstantSource.system(),
                LifecycleOptions.standard(),
                IdentityOptions.standard());
    }
}
