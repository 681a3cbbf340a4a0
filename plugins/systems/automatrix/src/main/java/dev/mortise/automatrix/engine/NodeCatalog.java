package dev.mortise.automatrix.engine;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Calls nodes. Remembers what a node said about repeating it, and notices when a new version says something else. */
final class NodeCatalog {
    private final Extensions extensions;
    private final Map<String, Effect> effects = new ConcurrentHashMap<>();

    NodeCatalog(Extensions extensions) {
        this.extensions = extensions;
    }

    /** No running plugin offers the node. */
    static final class NodeMissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NodeMissingException(String node, Throwable cause) {
            super("No running plugin offers the node " + node, cause);
        }
    }

    /** The node has another effect than the one that was written down before the call; it was not called. */
    static final class EffectChangedException extends MortiseException {
        private static final long serialVersionUID = 1L;

        EffectChangedException(String node) {
            super(Code.EFFECT_CHANGED, "The effect of node " + node + " has changed", "Write it down and call again");
        }

        private enum Code implements ErrorCode {
            EFFECT_CHANGED;

            @Override
            public String code() {
                return "automatrix.effect-changed";
            }

            @Override
            public ErrorCategory category() {
                return ErrorCategory.CONFLICT;
            }
        }
    }

    /**
     * Returns what repeating the node would do.
     *
     * @throws NodeMissingException when no running plugin offers it
     */
    Effect effectOf(String node) {
        Effect known = effects.get(node);
        if (known != null) {
            return known;
        }
        Effect effect = reached(node, type -> type.describe().effect());
        effects.put(node, effect);
        return effect;
    }

    /** Forgets the effect of a node, so that it is asked again. */
    void forget(String node) {
        effects.remove(node);
    }

    /**
     * Calls a node that is taken to have the given effect.
     *
     * @throws NodeMissingException when no running plugin offers it
     * @throws EffectChangedException when its effect is another one
     * @throws MortiseException what the node threw
     */
    JsonNode call(String node, Effect effect, NodeCall call) {
        return reached(node, type -> {
            if (type.describe().effect() != effect) {
                throw new EffectChangedException(node);
            }
            @Nullable JsonNode output = type.execute(call);
            return output == null ? NullNode.getInstance() : output;
        });
    }

    /** Calls the node; a node that itself misses an extension is not a missing node. */
    private <R> R reached(String node, Function<NodeType, R> work) {
        AtomicBoolean entered = new AtomicBoolean();
        try {
            return extensions.call(NodeType.class, node, type -> {
                entered.set(true);
                return work.apply(type);
            });
        } catch (MortiseException failure) {
            if (!entered.get() && failure.errorCode() == ApiError.EXTENSION_MISSING) {
                throw new NodeMissingException(node, failure);
            }
            throw failure;
        }
    }
}
