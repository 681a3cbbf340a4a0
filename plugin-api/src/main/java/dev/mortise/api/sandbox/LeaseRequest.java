package dev.mortise.api.sandbox;

/**
 * What kind of worker is wanted.
 *
 * @param language what its scripts are written in
 * @param limits what each call may use
 * @param minimum the weakest confinement that the caller accepts; the operator's minimum holds besides
 * @param grants what exists for the scripts
 * @since 0.1
 */
public record LeaseRequest(Language language, Limits limits, Confinement minimum, Grants grants) {
    /** Returns a request with the usual limits, no grants, and whatever confinement the operator demands. */
    public static LeaseRequest of(Language language) {
        return new LeaseRequest(language, Limits.standard(), Confinement.NONE, Grants.none());
    }

    /** Returns this request with other limits. */
    public LeaseRequest withLimits(Limits value) {
        return new LeaseRequest(language, value, minimum, grants);
    }

    /** Returns this request with another confinement. */
    public LeaseRequest withMinimum(Confinement value) {
        return new LeaseRequest(language, limits, value, grants);
    }

    /** Returns this request with other grants. */
    public LeaseRequest withGrants(Grants value) {
        return new LeaseRequest(language, limits, minimum, value);
    }
}
