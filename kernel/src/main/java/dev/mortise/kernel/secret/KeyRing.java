package dev.mortise.kernel.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys of this database, as far as this node has used them. All nodes share them, because all have the same
 * master key.
 *
 * @since 0.1
 */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final String SERVER = "server";
    private static final int KEY_BYTES = 32;
    /** How long another node may go on sealing with a key that was retired; such values can still be opened. */
    private static final Duration ACTIVE_REMEMBERED = Duration.ofSeconds(30);

    private static final int REMEMBERED_AT_MOST = 10_000;

    private final SchemaSessions sessions;
    private final MasterKeySource source;
    private volatile MasterChain masters;
    private final Cache<String, DataKey> active = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_AT_MOST)
            .expireAfterWrite(ACTIVE_REMEMBERED)
            .build();
    private final Cache<UUID, DataKey> byId =
            Caffeine.newBuilder().maximumSize(REMEMBERED_AT_MOST).build();

    /** A key in use. */
    record DataKey(UUID id, String scope, SecretKey key) {}

    private KeyRing(SchemaSessions sessions, MasterKeySource source, MasterChain masters) {
        this.sessions = sessions;
        this.source = source;
        this.masters = masters;
    }

    /**
     * Opens the ring. The first node of a new database that was given no master key makes one, in the file
     * {@code master.key} of its data folder.
     *
     * @throws MortiseException with {@code kernel.master-key} when the key is missing, malformed, or not the one that
     *     this database was set up with
     */
    public static KeyRing open(
            SchemaSessions sessions, Path dataFolder, Function<String, @Nullable String> environment) {
        MasterKeySource source = new MasterKeySource(dataFolder, environment);
        Optional<MasterKey> given = source.find();
        Optional<KeyMapper.MasterRow> known = activeMaster(sessions);
        if (known.isPresent()) {
            return checked(sessions, source, given.orElseThrow(KeyRing::missing));
        }
        MasterKey key = given.orElseGet(source::create);
        sessions.inTransaction(
                null, Access.WRITE, open -> open.mapper(KeyMapper.class).insertMaster(key.checkValue()));
        try {
            return checked(sessions, source, key);
        } catch (MortiseException otherNodeWasFirst) {
            if (given.isEmpty()) {
                discard(source.ownFile(), otherNodeWasFirst);
            }
            throw otherNodeWasFirst;
        }
    }

    private static void discard(Path file, MortiseException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static Optional<KeyMapper.MasterRow> activeMaster(SchemaSessions sessions) {
        return sessions.inTransaction(
                null, Access.READ, open -> open.mapper(KeyMapper.class).activeMaster());
    }

    private static KeyRing checked(SchemaSessions sessions, MasterKeySource source, MasterKey key) {
        MasterChain chain = MasterChain.from(key, masterRows(sessions));
        KeyRing ring = new KeyRing(sessions, source, chain);
        if (!chain.active().equals(key)) {
            ring.keepNew(chain.active());
        }
        return ring;
    }

    private static List<KeyMapper.LinkRow> masterRows(SchemaSessions sessions) {
        return sessions.inOwnTransaction(
                null, Access.READ, open -> open.mapper(KeyMapper.class).masters());
    }

    /** The master key was changed on another node, or this node was stopped when it was. */
    private synchronized void follow() {
        MasterChain former = masters;
        masters = former.followed(masterRows(sessions));
        if (!masters.active().equals(former.active())) {
            keepNew(masters.active());
        }
    }

    private Path keepNew(MasterKey key) {
        Path file = source.replace(key);
        LOG.warn(
                "The master key was changed; the new one is in {}. Where this node is given its key in another way, give"
                        + " it the new one before the change is finished, and delete that file",
                file);
        return file;
    }

    /**
     * Changes the master key: all data keys are wrapped by a new one, in one transaction. Nodes and backups of the data
     * folder with the former key find the new one by it until {@link #finishMasterChange}.
     *
     * @return the file of this node that has the new key
     */
    synchronized Path changeMaster() {
        follow();
        MasterChain former = masters;
        MasterKey next = MasterKey.random();
        UUID id = UUID.randomUUID();
        sessions.inOwnTransaction(null, Access.WRITE, open -> {
            KeyMapper keys = open.mapper(KeyMapper.class);
            if (keys.retireMaster(former.activeId()) != 1) {
                throw new MortiseException(
                        KernelError.DATABASE_BUSY, "Another node is changing the master key", "Try it again");
            }
            keys.insertFollowing(
                    id, next.checkValue(), former.activeId(), former.active().wrapNext(next, id));
            for (KeyMapper.DataKeyRow row : keys.keysOfMaster(former.activeId())) {
                byte[] plain = plain(row, former);
                keys.rewrap(row.id(), id, next.wrap(plain, label(row.id(), row.scope())));
                Arrays.fill(plain, (byte) 0);
            }
            return id;
        });
        masters = former.with(id, next);
        return keepNew(next);
    }

    /**
     * Ends a change of the master key: the former key opens nothing any more. A node that still has it cannot start.
     *
     * @return whether there was a change to finish
     */
    boolean finishMasterChange() {
        follow();
        return sessions.inOwnTransaction(
                null, Access.WRITE, open -> open.mapper(KeyMapper.class).dropLinks() > 0);
    }

    /** Returns whether the former master key still leads to the present one. */
    boolean isMasterChangeOpen() {
        return sessions.inOwnTransaction(
                null, Access.READ, open -> open.mapper(KeyMapper.class).hasLinks());
    }

    /** Makes a new data key for a tenant. What the former one sealed can still be opened, until it is sealed anew. */
    void changeDataKey(TenantId tenant) {
        String scope = tenantScope(tenant);
        sessions.inOwnTransaction(null, Access.WRITE, open -> {
            KeyMapper keys = open.mapper(KeyMapper.class);
            keys.retireKey(scope);
            return madeActive(keys, scope);
        });
        active.invalidate(scope);
    }

    private static MortiseException missing() {
        return new MortiseException(
                KernelError.MASTER_KEY,
                "This database was set up with a master key, and this node has none",
                "Copy the file master.key from the data folder of the node that was first, name it in"
                        + " MORTISE_MASTER_KEY_FILE, or give its text in MORTISE_MASTER_KEY");
    }

    /** Returns what seals for the server as a whole. */
    public Sealer sealer() {
        return new Sealer(this, SERVER);
    }

    /** Returns what seals for one tenant; its values cannot be opened for another. */
    public Sealer sealer(TenantId tenant) {
        return new Sealer(this, tenantScope(tenant));
    }

    /** Returns the key that new values of a scope are sealed with; made at the first call. */
    DataKey active(String scope) {
        return active.get(scope, this::loadActive);
    }

    /**
     * Returns a key by its id.
     *
     * @throws MortiseException with {@code kernel.sealed-broken} when there is none
     */
    DataKey byId(UUID id) {
        return byId.get(id, this::load);
    }

    private static String tenantScope(TenantId tenant) {
        return "tenant/" + tenant;
    }

    private DataKey loadActive(String scope) {
        // Apart from the transaction of the caller: other callers use the key at once, whatever becomes of that one.
        return unwrapped(sessions.inOwnTransaction(null, Access.WRITE, open -> {
            KeyMapper keys = open.mapper(KeyMapper.class);
            Optional<KeyMapper.DataKeyRow> known = keys.activeKey(scope);
            return known.isPresent() ? known.get() : madeActive(keys, scope);
        }));
    }

    private KeyMapper.DataKeyRow madeActive(KeyMapper keys, String scope) {
        UUID id = UUID.randomUUID();
        MasterChain present = masters;
        byte[] wrapped = present.active().wrap(Gcm.random(KEY_BYTES), label(id, scope));
        if (keys.insertKey(id, scope, present.activeId(), wrapped) == 0
                && keys.activeKey(scope).isEmpty()) {
            // The master key was changed meanwhile.
            follow();
            MasterChain followed = masters;
            keys.insertKey(
                    id, scope, followed.activeId(), followed.active().wrap(Gcm.random(KEY_BYTES), label(id, scope)));
        }
        return keys.activeKey(scope)
                .orElseThrow(() -> new MortiseException(
                        KernelError.DATABASE_BUSY, "The master key is being changed", "Try it again"));
    }

    private DataKey load(UUID id) {
        return unwrapped(sessions.inOwnTransaction(
                null,
                Access.READ,
                open -> open.mapper(KeyMapper.class)
                        .key(id)
                        .orElseThrow(() -> new MortiseException(
                                KernelError.SEALED_BROKEN,
                                "The data key " + id + " is not in this database",
                                "Restore the database and what it sealed from the same backup"))));
    }

    private DataKey unwrapped(KeyMapper.DataKeyRow row) {
        if (!masters.has(row.masterId())) {
            follow();
        }
        return new DataKey(row.id(), row.scope(), new SecretKeySpec(plain(row, masters), "AES"));
    }

    private static byte[] plain(KeyMapper.DataKeyRow row, MasterChain masters) {
        return masters.key(row.masterId())
                .flatMap(master -> master.unwrap(HexFormat.of().parseHex(row.wrapped()), label(row.id(), row.scope())))
                .orElseThrow(
                        () -> new MortiseException(
                                KernelError.SEALED_BROKEN,
                                "The data key " + row.id() + " of " + row.scope()
                                        + " cannot be unwrapped by this node's master key",
                                "Start this node again with the present master key; if it has it, the row was changed by hand"));
    }

    private static String label(UUID id, String scope) {
        return id + " " + scope;
    }
}
