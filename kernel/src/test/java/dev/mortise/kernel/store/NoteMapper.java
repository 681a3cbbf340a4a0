package dev.mortise.kernel.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A plugin's mapper with every kind of value. */
interface NoteMapper {
    /** How urgent a note is. */
    enum Urgency {
        LOW,
        HIGH
    }

    /** One row. */
    record Note(
            UUID noteId,
            String title,
            Urgency urgency,
            @Nullable JsonNode details,
            List<String> tags,
            Instant createdAt,
            long priceMicros) {}

    UUID insert(
            @Param("title") String title,
            @Param("urgency") Urgency urgency,
            @Param("details") @Nullable JsonNode details,
            @Param("tags") List<String> tags,
            @Param("createdAt") Instant createdAt);

    void insertRecord(Note note);

    List<Note> find(@Param("urgency") @Nullable Urgency urgency);

    Note byId(UUID noteId);

    int count();

    int rename(@Param("from") String from, @Param("to") String to);
}
