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

    /**
     * One page, newest first.
     *
     * @param items the decisions
     * @param next the {@code after} of the next page; empty when this is the last
     */
    record Page(List<Decision> items, Optional<UUID> next) {}

    /** Records a decision; where the same step or another run has recorded one for the message, returns that. */
    Decision record(DecisionDraft draft) {
        return store.<DecisionMapper, Decision>write(DecisionMapper.class, decisions -> {
            decisions.insert(draft);
            return decisions.find(draft.idempotencyKey(), draft.messageId());
        });
    }

    Page page(@Nullable UUID after, int limit) {
        // One more than asked for tells whether there is a next page.
        List<Decision> rows = store.<DecisionMapper, List<Decision>>read(
                DecisionMapper.class, decisions -> decisions.page(after, limit + 1));
        boolean more = rows.size() > limit;
        List<Decision> items = more ? rows.subList(0, limit) : rows;
        return new Page(items, more ? Optional.of(items.getLast().id()) : Optional.empty());
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
