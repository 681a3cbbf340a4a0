package dev.mortise.kernel.secret;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The tables {@code mortise.master_key} and {@code mortise.data_key}. Bytes are hexadecimal. */
interface KeyMapper {
    /** A master key as the database knows it. */
    record MasterRow(UUID id, String checkValue) {}

    /** A data key. */
    record DataKeyRow(UUID id, String scope, UUID masterId, String wrapped) {}

    /** A master key with the way to it from the one before. */
    record LinkRow(
            UUID id,
            String checkValue,
            @Nullable UUID follows,
            @Nullable String link) {}

    Optional<MasterRow> activeMaster();

    int insertMaster(@Param("checkValue") byte[] checkValue);

    Optional<DataKeyRow> activeKey(@Param("scope") String scope);

    Optional<DataKeyRow> key(@Param("id") UUID id);

    /** Returns whether a former master key still opens the present one. */
    boolean hasLinks();

    /** Returns all master keys, the oldest first. */
    List<LinkRow> masters();

    /** Ends the use of the active master key, if it is this one. */
    int retireMaster(@Param("id") UUID id);

    int insertFollowing(
            @Param("id") UUID id,
            @Param("checkValue") byte[] checkValue,
            @Param("follows") UUID follows,
            @Param("link") byte[] link);

    /** Forgets how former master keys lead to the present one. */
    int dropLinks();

    List<DataKeyRow> keysOfMaster(@Param("masterId") UUID masterId);

    int rewrap(@Param("id") UUID id, @Param("masterId") UUID masterId, @Param("wrapped") byte[] wrapped);

    /** Ends the use of a scope's active key for new values. */
    int retireKey(@Param("scope") String scope);

    /** Adds the scope's active key where there is none and the master key is the active one. */
    int insertKey(
            @Param("id") UUID id,
            @Param("scope") String scope,
            @Param("masterId") UUID masterId,
            @Param("wrapped") byte[] wrapped);
}
