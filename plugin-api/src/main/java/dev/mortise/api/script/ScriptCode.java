package dev.mortise.api.script;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Sandbox;
import dev.mortise.api.sandbox.Script;
import tools.jackson.databind.JsonNode;

/** A script of a plugin, ready to be called. */
record ScriptCode(PluginContext context, Script script, Limits limits, Grants grants) {
    JsonNode call(JsonNode input) {
        LeaseRequest request =
                LeaseRequest.of(script.language()).withLimits(limits).withGrants(grants);
        Outcome outcome =
                context.extensions().callAny(Sandbox.class, sandbox -> sandbox.run(request, script, input.toString()));
        return switch (outcome) {
            case Outcome.Completed done -> context.json().readTree(done.json());
            case Outcome.Failed failed -> throw failure(failed);
        };
    }

    private MortiseException failure(Outcome.Failed failed) {
        return new MortiseException(
                failed.kind(),
                failed.inWords(script.name()),
                "Tell the author of the plugin " + context.plugin().id());
    }
}
