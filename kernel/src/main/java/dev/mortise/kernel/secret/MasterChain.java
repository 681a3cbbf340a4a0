package dev.mortise.kernel.secret;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The master keys that a node knows: the one that it was given, and those that followed it.
 *
 * @param keys each by its id in the database
 * @param activeId the one that wraps now
 */
record MasterChain(Map<UUID, MasterKey> keys, UUID activeId) {
    MasterChain {
        keys = Map.copyOf(keys);
    }

    /**
     * Finds the way from a key to the present one.
     *
     * @throws MortiseException with {@code kernel.master-key} when there is none
     */
    static MasterChain from(MasterKey given, List<KeyMapper.LinkRow> rows) {
        KeyMapper.LinkRow own = rows.stream()
                .filter(row -> given.matches(HexFormat.of().parseHex(row.checkValue())))
                .findFirst()
                .orElseThrow(MasterChain::foreign);
        MasterChain chain = new MasterChain(Map.of(own.id(), given), own.id()).followed(rows);
        boolean isPresent = rows.stream().noneMatch(row -> chain.activeId.equals(row.follows()));
        if (!isPresent) {
            throw new MortiseException(
                    KernelError.MASTER_KEY,
                    "This node's master key was replaced, and the change is finished",
                    "Give it the new key: the file master.key, or master.key.new, of the node where it was changed");
        }
        return chain;
    }

    private static MortiseException foreign() {
        return new MortiseException(
                KernelError.MASTER_KEY,
                "This node's master key is not the one that this database was set up with",
                "Give every node the same key: the file master.key of the first node's data folder, or its text in"
                        + " MORTISE_MASTER_KEY");
    }

    /** Returns this chain with all keys that follow, as far as they can be opened. */
    MasterChain followed(List<KeyMapper.LinkRow> rows) {
        for (KeyMapper.LinkRow row : rows) {
            if (activeId.equals(row.follows()) && row.link() != null) {
                Optional<MasterKey> next = active().unwrapNext(HexFormat.of().parseHex(row.link()), row.id())
                        .filter(key -> key.matches(HexFormat.of().parseHex(row.checkValue())));
                if (next.isPresent()) {
                    return with(row.id(), next.get()).followed(rows);
                }
            }
        }
        return this;
    }

    MasterChain with(UUID id, MasterKey key) {
        Map<UUID, MasterKey> more = new HashMap<>(keys);
        more.put(id, key);
        return new MasterChain(more, id);
    }

    MasterKey active() {
        return key(activeId).orElseThrow();
    }

    boolean has(UUID id) {
        return keys.containsKey(id);
    }

    Optional<MasterKey> key(UUID id) {
        return Optional.ofNullable(keys.get(id));
    }
}
