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
     * A page of notes.
     *
     * @param items the notes, newest first
     * @param next where the next page begins; empty at the end
     */
    public record Page(List<Note> items, Optional<UUID> next) {}

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

    /** Returns notes that are older than the one with that id, or the newest ones. */
    public Page page(int limit, @Nullable UUID after) {
        // One more than asked for tells whether there is a next page.
        List<Note> found =
                store.<NoteMapper, List<Note>>read(NoteMapper.class, notes -> notes.page(limit + 1, after));
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        List<Note> items = List.copyOf(found.subList(0, limit));
        return new Page(items, Optional.of(items.getLast().id()));
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
