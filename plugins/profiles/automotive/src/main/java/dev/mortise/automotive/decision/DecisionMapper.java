package dev.mortise.automotive.decision;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code decision}. */
interface DecisionMapper {
    /** Records a decision, unless its message or its key has one already. Returns the number of rows: 1 or 0. */
    int insert(DecisionDraft draft);

    /** Returns the decision of that key or, where there is none, of that message. */
    Decision find(String idempotencyKey, String messageId);

    /** Returns the decision of that message. */
    @Nullable
    Decision ofMessage(String messageId);

    /** Returns decisions, newest first, that are older than the one with that id. */
    List<Decision> page(@Nullable UUID after, int limit);
}
