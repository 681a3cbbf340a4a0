/**
 * Running code of strangers. A {@link dev.mortise.api.sandbox.Sandbox} lends a worker, a process that the operating
 * system confines; what the caller does not grant does not exist in it. JSON text goes in and comes out. Which walls
 * hold on this machine is told by {@link dev.mortise.api.sandbox.Confinement}. The workers themselves are not here.
 *
 * <pre>{@code
 * Script script = Script.of(Language.JAVASCRIPT, "price.js", "function main(order) { return order.net * 1.19; }");
 * Outcome outcome = extensions.callAny(Sandbox.class, sandbox -> {
 *     try (SandboxLease lease = sandbox.lease(LeaseRequest.of(Language.JAVASCRIPT))) {
 *         return lease.call(script, "{\"net\": 100}");
 *     }
 * });
 * switch (outcome) {
 *     case Outcome.Completed done -> use(done.json());
 *     case Outcome.Failed failed -> tell(failed.kind(), failed.message(), failed.place());
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.sandbox;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
