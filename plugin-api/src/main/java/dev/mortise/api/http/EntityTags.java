package dev.mortise.api.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import jakarta.ws.rs.core.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code "*"} or a list of entity tags (RFC 9110, section 8.8.3). */
final class EntityTags {
    /** An entity tag and, before it, the separators of RFC 9110's lists, which may be empty elements too. */
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"(?=[ \\t]*(,|$))");

    private static final Pattern END = Pattern.compile("[ \\t,]*");
    private static final int LONGEST = 8_192;

    private EntityTags() {}

    static List<EntityTag> parse(String header, String name) {
        List<EntityTag> tags = new ArrayList<>();
        int end = 0;
        if (header.length() <= LONGEST) {
            Matcher next = TAG.matcher(header);
            while (next.find()) {
                tags.add(new EntityTag(next.group(2), next.group(1) != null));
                end = next.end();
            }
        }
        if (tags.isEmpty() || !END.matcher(header.substring(end)).matches()) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The header " + name + " has no list of entity tags",
                    "Send the ETag of the response before, with its quotation marks, or *");
        }
        return List.copyOf(tags);
    }
}
