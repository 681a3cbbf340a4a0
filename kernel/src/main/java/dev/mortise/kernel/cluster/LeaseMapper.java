package dev.mortise.kernel.cluster;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.lease}; all times are the database's. */
public interface LeaseMapper {
    /** Takes the lease when it is free or has run out; returns its token. */
    Optional<Long> acquire(@Param("name") String name, @Param("holder") UUID holder, @Param("millis") long millis);

    /** Returns whether the lease was still held and is now held for longer. */
    int renew(@Param("name") String name, @Param("token") long token, @Param("millis") long millis);

    /** Gives the lease back, where it is still held. */
    int release(@Param("name") String name, @Param("token") long token);

    /** Locks the lease against a take-over until the transaction ends; returns its token, or empty when it is lost. */
    Optional<Long> fence(@Param("name") String name, @Param("token") long token);

    /** Returns the leases that are held. */
    List<Held> held();

    /** A lease that is held. */
    record Held(String name, UUID holder, long token) {}
}
