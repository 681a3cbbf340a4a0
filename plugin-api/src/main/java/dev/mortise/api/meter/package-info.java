/**
 * Metrics that carry the plugin's id and disappear with it. The instruments are Micrometer's; they appear on
 * {@code /metrics} in Prometheus' format with the tag {@code plugin}.
 *
 * <pre>{@code
 * Timer timer = meters.timer("relaycore.embed", "model", "all-minilm-l6-v2");
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.meter;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
