package dev.mortise.automotive.decision;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import dev.mortise.automotive.AutomotiveError;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The recorded decisions of the tenant. */
final class Decisions {
    private final Store store;

    Decisions(Store store) {
        this.store = store;
    }

    /** Records a decision; where the same step or another run has recorded one for the message, returns that. */
    Decision record(DecisionDraft draft) {
        return store.<DecisionMapper, Decision>write(DecisionMapper.class, decisions -> {
            decisions.insert(draft);
            return decisions.find(draft.idempotencyKey(), draft.messageId());
        });
    }

    /** Returns decisions, newest first, that are older than the one with that id. */
    List<Decision> page(@Nullable UUID after, int limit) {
        return store.<DecisionMapper, List<Decision>>read(
                DecisionMapper.class, decisions -> decisions.page(after, limit));
    }

    Decision ofMessage(String messageId) {
        Optional<Decision> found = store.<DecisionMapper, Optional<Decision>>read(
                DecisionMapper.class, decisions -> Optional.ofNullable(decisions.ofMessage(messageId)));
        return found.orElseThrow(() -> new MortiseException(
                AutomotiveError.DECISION_NOT_FOUND,
                "No decision is recorded for the message " + messageId,
                "Look whether the run of its workflow has ended"));
    }
}
