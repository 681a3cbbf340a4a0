package dev.mortise.kernel.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.audit_key}. Bytes are hexadecimal. */
interface SealKeyMapper {
    /** A key pair, its private half sealed. */
    record KeyRow(UUID id, String publicKey, String sealedPrivate) {}

    Optional<KeyRow> active();

    List<KeyRow> all();

    int insert(
            @Param("id") UUID id, @Param("publicKey") byte[] publicKey, @Param("sealedPrivate") byte[] sealedPrivate);
}
