package dev.mortise.sandbox.run;

import dev.mortise.api.http.Described;
import dev.mortise.api.sandbox.FetchGrant;
import dev.mortise.api.sandbox.Grants;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Grants as people order them; what is left out is not granted.
 *
 * @since 0.1
 */
public record GrantsOrder(
        @Described("Hosts that fetch may ask, such as api.example.org or *.example.org.") @Nullable
        List<String> fetch,

        @Described("Tools that host.tools.call may use, such as bank.rate or bank.*.") @Nullable
        List<String> tools,

        @Described("Models that host.models.chat may use.") @Nullable
        List<String> models,

        @Described("The name of the memory behind host.state.") @Nullable
        String state) {
    /** Returns the grants. */
    public Grants grants() {
        Grants grants = Grants.none();
        if (fetch != null && !fetch.isEmpty()) {
            grants = grants.withFetch(FetchGrant.of(Set.copyOf(fetch)));
        }
        if (tools != null) {
            grants = grants.withTools(Set.copyOf(tools));
        }
        if (models != null) {
            grants = grants.withModels(Set.copyOf(models));
        }
        return state == null || state.isBlank() ? grants : grants.withState(state);
    }
}
