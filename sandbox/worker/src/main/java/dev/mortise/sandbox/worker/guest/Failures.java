package dev.mortise.sandbox.worker.guest;

import dev.mortise.sandbox.frame.Message;
import java.util.Objects;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Finds the kind, the words and the place of what went wrong. */
final class Failures {
    private static final String DEEP = "RangeError: Maximum call stack size exceeded";
    private static final int MOST_CHARACTERS = 4_000;

    // What the limit of frames and an overflow of the stack have in common; the other limit is one of time.
    private static final Pattern DEPTH = Pattern.compile("(?i)frame|stack");

    // The place is told apart, in numbers, and counted from 1.
    private static final Pattern WHERE = Pattern.compile("^(\\w+: ).*?:\\d+:\\d+ ");

    /** A failure without the log and the time that its call took. */
    record Failure(String kind, String message, int line, int column, boolean lasting) {
        Message.Failed of(String log, long cpuMicros) {
            return new Message.Failed(kind, message, line, column, log, cpuMicros);
        }

        static Failure of(String kind, String message) {
            return new Failure(kind, message, 0, 0, false);
        }

        /** Tells the limits apart by the time: a context that was ended early was ended for its depth. */
        Failure after(long cpuMicros, int cpuMillis) {
            return kind.equals("CPU") && cpuMicros < cpuMillis * 900L ? deep().at(new Place(line, column)) : this;
        }

        private Failure at(Place place) {
            return new Failure(kind, message, place.line(), place.column(), lasting);
        }

        private Failure lasts() {
            return new Failure(kind, message, line, column, true);
        }
    }

    private record Place(int line, int column) {
        static final Place UNKNOWN = new Place(0, 0);
    }

    private Failures() {}

    /** Returns what is wrong with a source that could not be read. */
    static Failure unread(PolyglotException e, Source source) {
        if (!e.isSyntaxError()) {
            return limit(e).at(place(e, source));
        }
        return Failure.of("SYNTAX", WHERE.matcher(firstLine(shortened(e))).replaceFirst("$1"))
                .at(place(e, source));
    }

    /** Returns what is wrong with a script that ran. */
    static Failure thrown(PolyglotException e, Session session) {
        Place found = place(e, session.source());
        if (e.isExit()) {
            return Failure.of("THROWN", "The script asked to exit with " + e.getExitStatus())
                    .at(found);
        }
        Value thrown = e.getGuestObject();
        if (!e.isGuestException() || e.isResourceExhausted() || e.isCancelled() || thrown == null) {
            return limit(e).at(found);
        }
        try {
            String said = session.described(thrown);
            int space = said.indexOf(' ');
            String words = said.substring(space + 1);
            // Python tells statements as a whole by the interpreter's places, and lines by its own.
            int line = Integer.parseInt(said, 1, space, 10);
            Place place = line == 0 || line == found.line() ? found : new Place(line, 0);
            return switch (said.charAt(0)) {
                case 'H' -> Failure.of("HOST_DENIED", words).at(place).lasts();
                case 'S' -> Failure.of("STACK", words).at(place);
                default ->
                    Failure.of(words.equals(DEEP) ? "STACK" : "THROWN", words)
                            .at(place)
                            .lasts();
            };
        } catch (PolyglotException worse) {
            return limit(worse).at(found);
        }
    }

    /** Returns the kind of a value that the bootstrap could not make a result of. */
    static Failure unusable(char tag, String words, int outputBytes) {
        return switch (tag) {
            case 'N' -> Failure.of("NOT_JSON", words).lasts();
            case 'O' -> tooLarge(outputBytes);
            case 'U' -> Failure.of("UNSETTLED", "The result is a promise that nothing settles any more");
            default -> throw new IllegalStateException("The bootstrap says " + tag);
        };
    }

    static Failure tooLarge(int outputBytes) {
        return Failure.of("OUTPUT", "The result is larger than " + outputBytes + " bytes")
                .lasts();
    }

    static Failure deep() {
        return Failure.of("STACK", "The script calls deeper than it may");
    }

    private static String firstLine(String words) {
        return words.lines().findFirst().orElse(words);
    }

    // A limit ends a context by an interrupt, which may be what is seen of it.
    private static Failure limit(PolyglotException e) {
        String words = shortened(e);
        if (!e.isResourceExhausted() && !e.isCancelled() && !e.isInterrupted()) {
            return Failure.of("THROWN", e.isInternalError() ? "The interpreter failed: " + words : words);
        }
        return DEPTH.matcher(words).find()
                ? deep()
                : Failure.of("CPU", "The script takes more time on a processor than it may");
    }

    // The innermost place in what the author wrote; frames of the bootstrap and of the language are none of it.
    private static Place place(PolyglotException e, Source source) {
        SourceSection own = e.getSourceLocation();
        if (own != null && source.equals(own.getSource())) {
            return place(own);
        }
        for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
            SourceSection section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
            if (section != null && source.equals(section.getSource())) {
                return place(section);
            }
        }
        return Place.UNKNOWN;
    }

    private static Place place(SourceSection section) {
        return section.hasLines() ? new Place(section.getStartLine(), section.getStartColumn()) : Place.UNKNOWN;
    }

    private static String shortened(PolyglotException e) {
        String words = Objects.requireNonNullElse(e.getMessage(), "The interpreter tells nothing");
        return words.length() > MOST_CHARACTERS ? words.substring(0, MOST_CHARACTERS) + "…" : words;
    }
}
