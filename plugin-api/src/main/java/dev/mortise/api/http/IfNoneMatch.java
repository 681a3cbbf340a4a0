package dev.mortise.api.http;

import dev.mortise.api.error.MortiseException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code If-None-Match} (RFC 9110, section 13.1.2): send the document only if it is another one than the
 * caller has. Tags are compared weakly.
 *
 * <pre>{@code
 * return IfNoneMatch.answer(ifNoneMatch, new EntityTag(String.valueOf(version)), () -> read(name));
 * }</pre>
 *
 * @param tags what the caller has; empty for {@code *}
 * @since 0.1
 */
public record IfNoneMatch(List<EntityTag> tags) {
    /** Takes an immutable copy. */
    public IfNoneMatch {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the header's value; Jakarta REST calls it for parameters of this type.
     *
     * @throws MortiseException with {@code api.input-invalid}
     */
    public static IfNoneMatch valueOf(String header) {
        return new IfNoneMatch(header.strip().equals("*") ? List.of() : EntityTags.parse(header, "If-None-Match"));
    }

    /** Returns whether the caller has this document already. */
    public boolean has(EntityTag current) {
        return tags.isEmpty() || tags.stream().anyMatch(tag -> tag.getValue().equals(current.getValue()));
    }

    /** Answers a GET with 304 and no body when the caller has the document already, with the document otherwise. */
    public static Response answer(@Nullable IfNoneMatch ifNoneMatch, EntityTag current, Supplier<?> document) {
        Response.ResponseBuilder response =
                ifNoneMatch != null && ifNoneMatch.has(current) ? Response.notModified() : Response.ok(document.get());
        return response.tag(current).build();
    }
}
