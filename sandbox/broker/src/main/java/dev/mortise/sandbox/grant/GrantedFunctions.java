package dev.mortise.sandbox.grant;

import dev.mortise.api.extension.Extensions;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.HostFunction;
import dev.mortise.api.store.Store;
import dev.mortise.sandbox.worker.HostFunctions;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes functions of grants.
 *
 * @since 0.1
 */
public final class GrantedFunctions {
    private final Store store;
    private final Extensions extensions;
    private final JsonMapper json;
    private final Outbound outbound;

    /** Creates functions that are answered by these services. */
    public GrantedFunctions(Store store, Extensions extensions, JsonMapper json, Outbound outbound) {
        this.store = store;
        this.extensions = extensions;
        this.json = json;
        this.outbound = outbound;
    }

    /** Returns exactly what is granted. */
    public HostFunctions of(Grants grants) {
        List<HostFunction> functions = new ArrayList<>(grants.functions());
        grants.fetch()
                .map(fetch -> new FetchFunction(outbound, json, fetch))
                .ifPresent(fetch -> functions.add(NamedFunction.of(fetch.name(), fetch::fetch)));
        grants.state()
                .map(name -> new StateFunctions(store, json, name))
                .ifPresent(state -> functions.addAll(state.all()));
        if (!grants.models().isEmpty()) {
            ModelFunction models = new ModelFunction(extensions, json, grants.models());
            functions.add(NamedFunction.of(models.name(), models::chat));
        }
        if (!grants.tools().isEmpty()) {
            ToolFunction tools = new ToolFunction(extensions, json, grants.tools());
            functions.add(NamedFunction.of(tools.name(), tools::call));
        }
        return new HostFunctions(functions);
    }
}
