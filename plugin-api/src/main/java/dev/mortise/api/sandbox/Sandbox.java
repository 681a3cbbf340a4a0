package dev.mortise.api.sandbox;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs code of strangers.
 *
 * @since 0.1
 */
@ConsumerType
public interface Sandbox extends NamedExtension {
    /** Returns the languages that can be run at the moment, each with the confinement that holds for it here. */
    Map<Language, Confinement> languages();

    /**
     * Lends a worker to the tenant of the bound {@link dev.mortise.api.call.CallContext}. It has served no other tenant
     * and never will. Waits for one while all are lent.
     *
     * @throws MortiseException with {@link SandboxError#LANGUAGE_MISSING}, {@link SandboxError#TOO_WEAK},
     *     {@link SandboxError#BUSY}
     */
    SandboxLease lease(LeaseRequest request);

    /**
     * Runs one script from nothing, on a worker of the bound tenant's that is kept for a few seconds: for callers that
     * call now and then, and need not care for a lease.
     *
     * @param input a JSON value, at most 4 MiB of text
     * @throws MortiseException as {@link #lease} and {@link SandboxLease#call}
     */
    Outcome run(LeaseRequest request, Script script, String input);
}
