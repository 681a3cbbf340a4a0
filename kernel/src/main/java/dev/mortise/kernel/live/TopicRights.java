package dev.mortise.kernel.live;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.live.LiveTopic;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.registry.ExtensionRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may watch what, as the running plugins declare it; each load of a plugin is asked once. */
final class TopicRights {
    private final Map<ExtensionInfo, String> permissions = new ConcurrentHashMap<>();
    private final ExtensionRegistry registry;

    TopicRights(ExtensionRegistry registry) {
        this.registry = registry;
    }

    /**
     * Refuses whoever may not watch the topic.
     *
     * @throws MortiseException with {@code api.input-invalid}, {@code kernel.topic-unknown} or {@code api.forbidden}
     */
    void require(CallContext caller, String topic) {
        if (!TopicName.isOne(topic)) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "That is no name of a live topic",
                    "Name a topic such as automatrix.run, or automatrix.run/ and an id");
        }
        String needed = permission(caller, topic)
                .orElseThrow(() -> new MortiseException(
                        KernelError.TOPIC_UNKNOWN,
                        "No running plugin declares the live topic " + TopicName.declared(topic),
                        "Check the name; the plugin may be stopped at the moment"));
        if (!caller.principal().may(needed)) {
            throw new MortiseException(
                    ApiError.FORBIDDEN,
                    "Watching " + TopicName.declared(topic) + " needs the permission " + needed,
                    "Ask an administrator for it");
        }
    }

    /** Returns whether a topic that is watched may be watched on; yes while its plugin is away. */
    boolean stillMay(CallContext caller, String topic) {
        return permission(caller, topic)
                .map(needed -> caller.principal().may(needed))
                .orElse(true);
    }

    private Optional<String> permission(CallContext caller, String topic) {
        String declared = TopicName.declared(topic);
        return registry.list(LiveTopic.class).stream()
                .filter(info -> info.name().equals(declared))
                .findFirst()
                .map(info -> permissions.computeIfAbsent(
                        info, _ -> caller.call(() -> registry.call(LiveTopic.class, declared, LiveTopic::permission))));
    }

    /** Forgets the loads that are gone. */
    void refresh() {
        permissions.keySet().retainAll(registry.list(LiveTopic.class));
    }
}
