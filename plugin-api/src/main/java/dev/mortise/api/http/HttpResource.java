package dev.mortise.api.http;

import org.osgi.annotation.versioning.ConsumerType;
import org.pf4j.ExtensionPoint;

/**
 * A Jakarta REST root resource: a class with {@code @Path}, relative to {@code /api/v1/<plugin id>/}. The one instance
 * serves all requests, on virtual threads, and takes what it needs by constructor. JSON bodies are read and written by
 * the plugin's own mapper; failures become problem details (RFC 9457).
 *
 * <p>Each resource method carries {@link RequiresPermission} or {@link OpenToAll}.
 *
 * @since 0.1
 */
@ConsumerType
public interface HttpResource extends ExtensionPoint {}
