/**
 * The tamper-evident record of every tenant: who did what, and who was refused what.
 *
 * <p>An entry is written as pending, in the transaction of what it is about or in one of its own before the answer is
 * given. Moments later the {@link dev.mortise.kernel.audit.ChainLinker} moves it to the tenant's hash chain, under an
 * advisory lock and away from requests, so that no request waits for another one's.
 * {@link dev.mortise.kernel.audit.CanonicalForm} says what is hashed, {@link dev.mortise.kernel.audit.SealKeys} what
 * seals the ends, {@link dev.mortise.kernel.audit.ChainCheck} how all of it is verified.
 *
 * <pre>{@code
 * audit.record(AuditEntry.done("kernel.secret.set", "plugin/relaycore/secret/openai-key"));
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.audit;

import org.jspecify.annotations.NullMarked;
