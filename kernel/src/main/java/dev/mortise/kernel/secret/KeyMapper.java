package dev.mortise.kernel.secret;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The tables {@code mortise.master_key} and {@code mortise.data_key}. Bytes are hexadecimal. */
interface KeyMapper {
    /** A master key as the database knows it. */
    record MasterRow(UUID id, String checkValue) {}

    /** A data key. */
    record DataKeyRow(UUID id, String scope, String wrapped) {}

    Optional<MasterRow> activeMaster();

    int insertMaster(@Param("checkValue") byte[] checkValue);

    Optional<DataKeyRow> activeKey(@Param("scope") String scope);

    Optional<DataKeyRow> key(@Param("id") UUID id);

    List<DataKeyRow> keysOfMaster(@Param("masterId") UUID masterId);

    int insertKey(
            @Param("id") UUID id,
            @Param("scope") String scope,
            @Param("masterId") UUID masterId,
            @Param("wrapped") byte[] wrapped);
}
