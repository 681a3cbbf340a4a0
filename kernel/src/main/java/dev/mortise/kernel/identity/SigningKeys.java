package dev.mortise.kernel.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.secret.Sealer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign access tokens (ES256), one set for all nodes, kept in the database with the private halves sealed.
 * The newest signs; one that is a month old is replaced, and verifies for two more days. Made at the first token.
 */
final class SigningKeys {
    private static final Duration SIGNS_FOR = Duration.ofDays(30);
    private static final Duration KEPT_FOR = SIGNS_FOR.plusDays(2);
    /** How old the list of keys may be, and how often an unknown key id makes a node look again. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final IdentityTables tables;
    private final Sealer seal;
    private volatile @Nullable Known known;
    private volatile @Nullable UUID installation;

    SigningKeys(IdentityTables tables, Sealer seal) {
        this.tables = tables;
        this.seal = seal;
    }

    /** What this node knows; immutable. */
    private record Known(List<ECKey> all, Optional<ECKey> signing, long readAt) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - readAt > age.toNanos();
        }
    }

    /** Returns which server this is: told in every token, so that no other server's is taken. */
    UUID installation() {
        UUID id = installation;
        if (id == null) {
            id = tables.acrossTenants(TokenMapper.class, TokenMapper::installation);
            installation = id;
        }
        return id;
    }

    /** Returns the key that signs now. */
    ECKey signing() {
        Known now = known;
        if (now != null && now.signing().isPresent() && !now.isOlderThan(FRESH)) {
            return now.signing().get();
        }
        return tables.acrossTenants(TokenMapper.class, keys -> {
            keys.lockSigningKeys();
            Known read = read(keys);
            if (read.signing().isEmpty()) {
                add(keys);
                read = read(keys);
            }
            known = read;
            return read.signing().orElseThrow();
        });
    }

    /** Returns the public key of that id; asks the database for one that is not known, once a second at most. */
    Optional<ECKey> verifying(String id) {
        Known now = known;
        Optional<ECKey> found = find(now, id);
        if (now == null || now.isOlderThan(found.isPresent() ? FRESH : LOOK_AGAIN)) {
            now = tables.acrossTenants(TokenMapper.class, this::read);
            known = now;
            found = find(now, id);
        }
        return found;
    }

    private static Optional<ECKey> find(@Nullable Known known, String id) {
        return known == null
                ? Optional.empty()
                : known.all().stream().filter(key -> key.getKeyID().equals(id)).findFirst();
    }

    /** Returns the public halves as a JWK set (RFC 7517, section 5). */
    Map<String, Object> publicSet() {
        Known now = known;
        if (now == null || now.isOlderThan(FRESH)) {
            now = tables.acrossTenants(TokenMapper.class, this::read);
            known = now;
        }
        return new JWKSet(List.copyOf(now.all())).toJSONObject(true);
    }

    private Known read(TokenMapper keys) {
        long readAt = System.nanoTime();
        List<ECKey> all = new ArrayList<>();
        Optional<ECKey> signing = Optional.empty();
        for (TokenMapper.SigningKeyRow row : keys.signingKeys(SIGNS_FOR.toSeconds(), KEPT_FOR.toSeconds())) {
            all.add(parsed(row.publicKey()));
            if (row.signs() && signing.isEmpty()) {
                signing = Optional.of(opened(row));
            }
        }
        return new Known(List.copyOf(all), signing, readAt);
    }

    private ECKey opened(TokenMapper.SigningKeyRow row) {
        byte[] sealed = Base64.getDecoder().decode(row.sealedPrivate());
        return parsed(new String(seal.open(sealed, place(row.id())), StandardCharsets.UTF_8));
    }

    private void add(TokenMapper keys) {
        try {
            ECKey made = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            String id = Objects.requireNonNull(made.getKeyID());
            byte[] sealed = seal.seal(made.toJSONString().getBytes(StandardCharsets.UTF_8), place(id));
            keys.addSigningKey(id, made.toPublicJWK().toJSONString(), sealed);
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK makes no P-256 keys", e);
        }
    }

    private static ECKey parsed(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new MortiseException(
                    KernelError.INTERNAL,
                    "A signing key in the database is damaged",
                    "Remove the rows of mortise.signing_key: new ones are made, and access tokens have to be fetched anew",
                    e);
        }
    }

    private static String place(String id) {
        return "signing-key/" + id;
    }
}
