package dev.mortise.api.job;

/**
 * Which of a tenant's jobs run first. Between tenants priority means nothing: each gets its fair share.
 *
 * @since 0.1
 */
public enum JobPriority {
    /** After everything else of the tenant. */
    LOW,
    /** The usual. */
    NORMAL,
    /** Before everything else of the tenant. */
    HIGH
}
