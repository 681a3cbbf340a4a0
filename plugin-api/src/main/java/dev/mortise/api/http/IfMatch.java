package dev.mortise.api.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import jakarta.ws.rs.core.EntityTag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code If-Match} (RFC 9110, section 13.1.1): change the document only if it still is the one that was
 * read. Tags are compared strongly, so a weak one never matches.
 *
 * <pre>{@code
 * @PUT
 * @Path("{name}")
 * @RequiresPermission("automatrix.workflows.write")
 * public Response save(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable IfMatch ifMatch, Draft draft) {
 *     Document now = documents.read(name);
 *     IfMatch.demand(ifMatch).check(new EntityTag(now.version()));
 *     …
 * }
 * }</pre>
 *
 * @param tags the tags that are accepted; empty for {@code *}, which any existing document matches
 * @since 0.1
 */
public record IfMatch(List<EntityTag> tags) {
    /** Takes an immutable copy. */
    public IfMatch {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the header's value; Jakarta REST calls it for parameters of this type.
     *
     * @throws MortiseException with {@code api.input-invalid}
     */
    public static IfMatch valueOf(String header) {
        return new IfMatch(header.strip().equals("*") ? List.of() : EntityTags.parse(header, "If-Match"));
    }

    /**
     * Returns the header where a change without it could overwrite somebody else's.
     *
     * @throws MortiseException with {@code api.precondition-required} (RFC 6585, section 3) when there is none
     */
    public static IfMatch demand(@Nullable IfMatch ifMatch) {
        if (ifMatch == null) {
            throw new MortiseException(
                    ApiError.PRECONDITION_REQUIRED,
                    "This change needs the header If-Match",
                    "Read the document, and send its ETag as If-Match");
        }
        return ifMatch;
    }

    /**
     * Checks that the document still is the one that was read.
     *
     * @param current the tag of the document as it is now; null where there is none, which not even {@code *} matches
     *     (RFC 9110, section 13.1.1)
     * @throws MortiseException with {@code api.precondition-failed}
     */
    public void check(@Nullable EntityTag current) {
        if (current == null) {
            throw new MortiseException(
                    ApiError.PRECONDITION_FAILED,
                    "The document that was read is not there",
                    "Leave If-Match out to make it anew");
        }
        boolean matches = tags.isEmpty() || (!current.isWeak() && tags.contains(current));
        if (!matches) {
            throw new MortiseException(
                    ApiError.PRECONDITION_FAILED,
                    "The document was changed since it was read; its tag is now \"" + current.getValue() + "\"",
                    "Read it again, and repeat the change on what it says now");
        }
    }
}
