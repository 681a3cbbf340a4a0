package dev.mortise.kernel.identity;

import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.sign_in_attempt}. */
interface AttemptMapper {
    /** Counts an attempt; returns for how many seconds it is refused, 0 to go on. */
    int begin(
            @Param("account") byte[] account,
            @Param("pair") byte[] pair,
            @Param("source") byte[] source,
            @Param("rules") SignInBackOff.Rules rules);

    /** Takes the count of an attempt back that was no failure. */
    void undo(@Param("account") byte[] account, @Param("pair") byte[] pair, @Param("source") byte[] source);

    /** Notes that the account was signed in to from this source. */
    void succeeded(@Param("pair") byte[] pair);

    void removeOld(@Param("knownDays") int knownDays);
}
