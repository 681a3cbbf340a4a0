package ${package};

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The notes of the tenant on whose behalf the caller runs. No method names a tenant: the store knows it. */
public final class Notes {
    private final Store store;
    private final NotesSettings settings;

    Notes(Store store, NotesSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Keeps a note.
     *
     * @param key a second call with the same key keeps nothing more and returns the same note; null for none
     * @throws MortiseException with {@code ${artifactId}.note-refused}
     */
    public Note add(String text, @Nullable String key) {
        if (text.isBlank() || text.length() > settings.limit()) {
            throw new MortiseException(
                    NotesError.NOTE_REFUSED,
                    "The note has " + text.strip().length() + " characters",
                    "Write 1 to " + settings.limit());
        }
        return store.<NoteMapper, Note>write(NoteMapper.class, notes -> notes.insert(text, key));
    }

    /**
     * Returns notes, newest first.
     *
     * @param most how many at most
     * @param after the id of the note before the first one; null to begin with the newest
     */
    public List<Note> page(int most, @Nullable UUID after) {
        return store.<NoteMapper, List<Note>>read(NoteMapper.class, notes -> notes.page(most, after));
    }

    /**
     * Returns a note.
     *
     * @throws MortiseException with {@code ${artifactId}.note-not-found}
     */
    public Note find(UUID id) {
        Optional<Note> found = store.<NoteMapper, Optional<Note>>read(
                NoteMapper.class, notes -> Optional.ofNullable(notes.find(id)));
        return found.orElseThrow(() -> new MortiseException(
                NotesError.NOTE_NOT_FOUND, "There is no note " + id, "List them by GET /api/v1/${artifactId}/notes"));
    }
}
