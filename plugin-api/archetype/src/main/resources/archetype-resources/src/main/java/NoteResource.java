package ${package};

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code /api/v1/${artifactId}/notes}. */
@Extension
@Path("notes")
public final class NoteResource implements HttpResource {
    private static final int MOST_ITEMS = 500;
    private static final Cursors CURSORS = new Cursors("${artifactId}.notes");

    private final Notes notes;

    /** Called by the server, with the plugin's main class. */
    public NoteResource(NotesPlugin plugin) {
        this.notes = plugin.notes();
    }

    /**
     * What a caller sends.
     *
     * @param text the note
     */
    public record Draft(@Described("The note.") @Limited(min = 1) String text) {
        /** Refuses a draft without a text: what the body lacks arrives as null. */
        public Draft {
            if (text == null) {
                throw new IllegalArgumentException("text is missing");
            }
        }
    }

    /** Lists notes, newest first. */
    @GET
    @RequiresPermission("${artifactId}.notes.read")
    @Described("Lists notes, newest first.")
    public Page<Note> list(
            @QueryParam("limit") @Limited(min = 1, max = MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, MOST_ITEMS);
        UUID last = CURSORS.position(after).map(UUID::fromString).orElse(null);
        // One more than asked for tells whether there is a next page.
        List<Note> found = notes.page(most + 1, last);
        return Page.of(found, most, note -> CURSORS.after(note.id().toString()));
    }

    /** Shows one note. */
    @GET
    @Path("{id}")
    @RequiresPermission("${artifactId}.notes.read")
    @Described("Shows a note.")
    public Note show(@PathParam("id") UUID id) {
        return notes.find(id);
    }

    /** Keeps a note. */
    @POST
    @RequiresPermission("${artifactId}.notes.write")
    @Described("Keeps a note.")
    @Answer(status = 201, type = Note.class)
    public Response add(Draft draft) {
        Note note = notes.add(draft.text(), null);
        return Response.created(URI.create("notes/" + note.id())).entity(note).build();
    }
}
