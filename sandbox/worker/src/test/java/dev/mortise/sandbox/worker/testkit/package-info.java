/**
 * Real workers for tests: started from a kit, spoken to in frames, killed at the wall.
 *
 * <pre>{@code
 * try (WorkerProcess worker = WorkerProcess.start(kit)) {
 *     assertThat(worker.call(ScriptCall.of("1 + 1")).text()).isEqualTo("2");
 * }
 * }</pre>
 */
@NullMarked
package dev.mortise.sandbox.worker.testkit;

import org.jspecify.annotations.NullMarked;
