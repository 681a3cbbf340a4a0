package ${package};

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;

/** What can go wrong here. Callers see the code, and the HTTP status that comes with its category. */
public enum NotesError implements ErrorCode {
    /** The note is empty or too long. */
    NOTE_REFUSED("${artifactId}.note-refused", ErrorCategory.INVALID),
    /** There is no such note. */
    NOTE_NOT_FOUND("${artifactId}.note-not-found", ErrorCategory.NOT_FOUND);

    private final String code;
    private final ErrorCategory category;

    NotesError(String code, ErrorCategory category) {
        this.code = code;
        this.category = category;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
