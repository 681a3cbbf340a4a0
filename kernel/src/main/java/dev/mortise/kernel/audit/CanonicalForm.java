package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand for an entry, the same wherever it is read. A sequence of fields, each as its length in bytes (4
 * bytes, big-endian) and its UTF-8; a field that is absent has the length {@code FFFFFFFF}. In this order:
 *
 * <ol>
 *   <li>{@code mortise-audit-1}
 *   <li>tenant, as UUID text
 *   <li>seq, decimal
 *   <li>previous hash, 64 lower-case hexadecimal digits
 *   <li>id, as UUID text
 *   <li>at, microseconds since 1970-01-01T00:00Z, decimal
 *   <li>actor kind, actor, action, target, outcome
 *   <li>status, decimal or absent
 *   <li>trace id
 *   <li>source or absent
 *   <li>number of details, decimal; then name and value of each, in the order of the names' UTF-16 code units
 * </ol>
 */
final class CanonicalForm {
    private static final String FORMAT = "mortise-audit-1";
    private static final byte[] ABSENT = {-1, -1, -1, -1};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    private CanonicalForm() {}

    /** Returns SHA-256 (FIPS 180-4) over the form: 32 bytes. */
    static byte[] hash(TenantId tenant, long seq, AuditRecord content, String prevHash) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of(tenant, seq, content, prevHash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    /** Returns the form of an entry that has no place in the chain yet: seq 0, no previous hash. */
    static byte[] pending(TenantId tenant, AuditRecord content) {
        return of(tenant, 0, content, null);
    }

    /** Returns what is signed to seal a chain up to an entry. */
    static byte[] seal(TenantId tenant, long seq, String hash) {
        return new CanonicalForm()
                .add("mortise-audit-seal-1")
                .add(tenant.toString())
                .add(String.valueOf(seq))
                .add(hash)
                .done();
    }

    /** Returns what is signed when the server drops the beginning of a chain up to an entry. */
    static byte[] dropped(TenantId tenant, long seq, String hash) {
        return new CanonicalForm()
                .add("mortise-audit-dropped-1")
                .add(tenant.toString())
                .add(String.valueOf(seq))
                .add(hash)
                .done();
    }

    private static byte[] of(TenantId tenant, long seq, AuditRecord content, @Nullable String prevHash) {
        CanonicalForm form = new CanonicalForm()
                .add(FORMAT)
                .add(tenant.toString())
                .add(String.valueOf(seq))
                .add(prevHash)
                .add(content.id().toString())
                .add(String.valueOf(micros(content.at())))
                .add(content.actorKind())
                .add(content.actor())
                .add(content.action())
                .add(content.target())
                .add(content.outcome())
                .add(content.status() == null ? null : String.valueOf(content.status()))
                .add(content.traceId())
                .add(content.source())
                .add(String.valueOf(content.details().size()));
        for (Map.Entry<String, String> detail : new TreeMap<>(content.details()).entrySet()) {
            form.add(detail.getKey()).add(detail.getValue());
        }
        return form.done();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private CanonicalForm add(@Nullable String field) {
        if (field == null) {
            bytes.writeBytes(ABSENT);
            return this;
        }
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
        bytes.writeBytes(text);
        return this;
    }

    private byte[] done() {
        return bytes.toByteArray();
    }
}
