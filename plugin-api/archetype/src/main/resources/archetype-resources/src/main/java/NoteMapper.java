package ${package};

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code note}; its SQL is in NoteMapper.xml, in the same package. */
interface NoteMapper {
    /** Keeps a note, or returns the one that was kept under the same key. */
    Note insert(String text, @Nullable String key);

    List<Note> page(int limit, @Nullable UUID after);

    @Nullable
    Note find(UUID id);
}
