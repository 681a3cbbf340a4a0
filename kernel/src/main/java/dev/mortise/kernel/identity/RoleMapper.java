package dev.mortise.kernel.identity;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;

/** The tables {@code mortise.own_role} and {@code mortise.identity_policy}. */
interface RoleMapper {
    /** Returns the tenant's own roles whose names come after the given one, by name and code points. */
    List<Roles.OwnRole> list(@Param("after") String after, @Param("limit") int limit);

    Optional<Roles.OwnRole> find(@Param("name") String name);

    /** Returns what those of the tenant's own roles that are among the names grant together. */
    List<String> permissions(@Param("names") List<String> names);

    int insert(
            @Param("name") String name,
            @Param("description") String description,
            @Param("permissions") List<String> permissions);

    int update(
            @Param("name") String name,
            @Param("description") String description,
            @Param("permissions") List<String> permissions);

    int delete(@Param("name") String name);

    /** Returns how many people and service accounts have the role. */
    int holders(@Param("name") String name);

    /** Lets one change of roles and of who has them go on at a time in this tenant, to the end of the transaction. */
    int lockTenant();

    boolean secondFactorRequired();

    void requireSecondFactor(@Param("required") boolean required);
}
