package dev.mortise.kernel.store;

import java.util.List;
import org.apache.ibatis.annotations.Param;

/** A mapper as an attacker would write one: the statement is whatever comes in. */
interface RawMapper {
    /** Runs a statement and returns the first column of each row as text. */
    List<String> ask(@Param("sql") String sql);

    int run(@Param("sql") String sql);
}
