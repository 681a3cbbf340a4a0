package ${package};

import java.time.Instant;
import java.util.UUID;

/**
 * A note.
 *
 * @param id in the order of time (UUIDv7)
 * @param text what somebody wrote
 * @param createdAt when
 */
public record Note(UUID id, String text, Instant createdAt) {}
