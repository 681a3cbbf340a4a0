/**
 * The broker: lends workers, hands scripts over, answers what scripts ask of the server, and kills what does not end.
 * No guest language is on its class path; a worker is a process with a class path of its own, and is held to be
 * hostile.
 *
 * <pre>
 *  caller ─► BrokerSandbox ─► WorkerPool ─► WorkerProcess ══ pipes ══ worker (bubblewrap, seccomp, rlimits)
 *                                │              │
 *                                └─ WorkerLauncher └─ CallRun ─► HostFunctions ─► fetch · tools · models · state
 * </pre>
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.sandbox;

import org.jspecify.annotations.NullMarked;
