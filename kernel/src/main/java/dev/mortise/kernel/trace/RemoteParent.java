package dev.mortise.kernel.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The span of another system that a request stands below: W3C Trace Context, sections 3.2 and 3.3. */
record RemoteParent(SpanContext context) {
    /** Later versions may add parts behind; {@code ff} is no version. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final Pattern MEMBER = Pattern.compile("([a-z0-9][a-z0-9_*/@-]{0,255})=([ -~&&[^,=]]{1,256})");
    private static final int MOST_MEMBERS = 32;
    private static final String NO_SPAN = "0".repeat(16);

    /**
     * Reads the headers.
     *
     * @param traceId the trace that the door took over; another one in the header means that it was refused there
     */
    static Optional<RemoteParent> of(String traceId, @Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null) {
            return Optional.empty();
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        if (!matcher.matches()
                || !matcher.group(1).equals(traceId)
                || matcher.group(2).equals(NO_SPAN)) {
            return Optional.empty();
        }
        return Optional.of(new RemoteParent(SpanContext.createFromRemoteParent(
                traceId, matcher.group(2), TraceFlags.fromHex(matcher.group(3), 0), state(tracestate))));
    }

    /** A list with a malformed or repeated member is dropped as a whole, as section 3.3.1 allows. */
    private static TraceState state(@Nullable String tracestate) {
        if (tracestate == null || tracestate.isBlank()) {
            return TraceState.getDefault();
        }
        String[] members = tracestate.split(",", -1);
        if (members.length > MOST_MEMBERS) {
            return TraceState.getDefault();
        }
        TraceStateBuilder state = TraceState.builder();
        // The builder puts each in front of the others.
        for (int i = members.length - 1; i >= 0; i--) {
            Matcher member = MEMBER.matcher(members[i].strip());
            if (!member.matches()) {
                return TraceState.getDefault();
            }
            state.put(member.group(1), member.group(2));
        }
        return state.build();
    }

    Context asContext() {
        return Context.root().with(Span.wrap(context));
    }
}
