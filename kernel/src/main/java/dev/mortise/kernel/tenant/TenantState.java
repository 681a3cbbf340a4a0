package dev.mortise.kernel.tenant;

/** Where a tenant is in its life. */
public enum TenantState {
    /** Its keys, sessions and jobs work. */
    ACTIVE,
    /** Nothing runs for it; its rows are kept. */
    SUSPENDED,
    /** Nothing runs for it, and its rows are erased after a time; until then it can be resumed. */
    DELETING
}
