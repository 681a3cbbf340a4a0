package ${package};

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code /api/v1/${artifactId}/notes}. */
@Extension
@Path("notes")
public final class NoteResource implements HttpResource {
    private static final int MOST_ITEMS = 500;

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
    public record Draft(String text) {
        /** Refuses a draft without a text. */
        @SuppressWarnings("ConstantValue") // What the body lacks arrives as null.
        public Draft {
            if (text == null) {
                throw new IllegalArgumentException("text is missing");
            }
        }
    }

    /** Lists notes, newest first. */
    @GET
    @RequiresPermission("${artifactId}.notes.read")
    public Notes.Page list(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") @Nullable UUID after) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "limit is " + limit + "; it must be from 1 to " + MOST_ITEMS,
                    "Ask for fewer and follow \"next\"");
        }
        return notes.page(limit, after);
    }

    /** Shows one note. */
    @GET
    @Path("{id}")
    @RequiresPermission("${artifactId}.notes.read")
    public Note show(@PathParam("id") UUID id) {
        return notes.find(id);
    }

    /** Keeps a note. */
    @POST
    @RequiresPermission("${artifactId}.notes.write")
    public Response add(Draft draft) {
        Note note = notes.add(draft.text(), null);
        return Response.created(URI.create("notes/" + note.id())).entity(note).build();
    }
}
