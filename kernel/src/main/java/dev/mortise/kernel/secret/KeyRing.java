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
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of this database, as far as this node has used them. All nodes share them, because all have the same
 * master key.
 *
 * @since 0.1
 */
public final class KeyRing {
    private static final String SERVER = "server";
    private static final int KEY_BYTES = 32;
    /** How long another node may go on sealing with a key that was retired; such values can still be opened. */
    private static final Duration ACTIVE_REMEMBERED = Duration.ofSeconds(30);

    private static final int REMEMBERED_AT_MOST = 10_000;

    private final SchemaSessions sessions;
    private final MasterKey master;
    private final UUID masterId;
    private final Cache<String, DataKey> active = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_AT_MOST)
            .expireAfterWrite(ACTIVE_REMEMBERED)
            .build();
    private final Cache<UUID, DataKey> byId =
            Caffeine.newBuilder().maximumSize(REMEMBERED_AT_MOST).build();

    /** A key in use. */
    record DataKey(UUID id, String scope, SecretKey key) {}

    private KeyRing(SchemaSessions sessions, MasterKey master, UUID masterId) {
        this.sessions = sessions;
        this.master = master;
        this.masterId = masterId;
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
            return checked(sessions, given.orElseThrow(KeyRing::missing), known.get());
        }
        MasterKey key = given.orElseGet(source::create);
        sessions.inTransaction(
                null, Access.WRITE, open -> open.mapper(KeyMapper.class).insertMaster(key.checkValue()));
        KeyMapper.MasterRow row = activeMaster(sessions).orElseThrow();
        try {
            return checked(sessions, key, row);
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

    private static KeyRing checked(SchemaSessions sessions, MasterKey key, KeyMapper.MasterRow row) {
        if (!key.matches(HexFormat.of().parseHex(row.checkValue()))) {
            throw new MortiseException(
                    KernelError.MASTER_KEY,
                    "This node's master key is not the one that this database was set up with",
                    "Give every node the same key: the file master.key of the first node's data folder, or its text in"
                            + " MORTISE_MASTER_KEY");
        }
        return new KeyRing(sessions, key, row.id());
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
        return new Sealer(this, "tenant/" + tenant);
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

    private DataKey loadActive(String scope) {
        // Apart from the transaction of the caller: other callers use the key at once, whatever becomes of that one.
        return sessions.inOwnTransaction(null, Access.WRITE, open -> {
            KeyMapper keys = open.mapper(KeyMapper.class);
            KeyMapper.DataKeyRow row = keys.activeKey(scope).orElseGet(() -> {
                UUID id = UUID.randomUUID();
                keys.insertKey(id, scope, masterId, master.wrap(Gcm.random(KEY_BYTES), label(id, scope)));
                return keys.activeKey(scope).orElseThrow();
            });
            return unwrapped(row);
        });
    }

    private DataKey load(UUID id) {
        return sessions.inOwnTransaction(
                null,
                Access.READ,
                open -> open.mapper(KeyMapper.class)
                        .key(id)
                        .map(this::unwrapped)
                        .orElseThrow(() -> new MortiseException(
                                KernelError.SEALED_BROKEN,
                                "The data key " + id + " is not in this database",
                                "Restore the database and what it sealed from the same backup")));
    }

    private DataKey unwrapped(KeyMapper.DataKeyRow row) {
        byte[] bytes = master.unwrap(HexFormat.of().parseHex(row.wrapped()), label(row.id(), row.scope()))
                .orElseThrow(
                        () -> new MortiseException(
                                KernelError.SEALED_BROKEN,
                                "The data key " + row.id() + " of " + row.scope()
                                        + " cannot be unwrapped by this node's master key",
                                "Start this node again with the present master key; if it has it, the row was changed by hand"));
        return new DataKey(row.id(), row.scope(), new SecretKeySpec(bytes, "AES"));
    }

    private static String label(UUID id, String scope) {
        return id + " " + scope;
    }
}
