package dev.mortise.kernel.registry;

/**
 * One thing that can be done over HTTP.
 *
 * @param method such as {@code GET}
 * @param path the whole path with its templates, such as {@code /api/v1/kernel/plugins/{id}}
 * @param permission what the caller needs; empty when it is open to all who are signed in
 * @param openReason why it is open to all; empty when it needs a permission
 * @param isAnonymous whether not even credentials are needed
 */
public record Operation(String method, String path, String permission, String openReason, boolean isAnonymous) {}
