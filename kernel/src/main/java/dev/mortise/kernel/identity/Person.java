package dev.mortise.kernel.identity;

import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Caller;
import java.util.UUID;

/** The person who signed in, for what concerns nobody else. */
final class Person {
    private Person() {}

    /**
     * Returns who it is.
     *
     * @throws MortiseException with {@code kernel.person-needed} for keys, also those of people: a key that leaked must
     *     not be able to take the account over
     */
    static UUID required() {
        Caller caller = Caller.current();
        if (caller.context().principal().kind() != Principal.Kind.USER) {
            throw new MortiseException(
                    KernelError.PERSON_NEEDED,
                    "This is for people who signed in, not for "
                            + caller.context().principal().id(),
                    "Sign in with POST /api/v1/kernel/sessions");
        }
        return caller.user().orElseThrow(Person::sessionNeeded);
    }

    static MortiseException sessionNeeded() {
        return new MortiseException(
                KernelError.PERSON_NEEDED,
                "This is for browser sessions",
                "Sign in with POST /api/v1/kernel/sessions; tokens end with POST /api/v1/kernel/tokens/revoke");
    }
}
