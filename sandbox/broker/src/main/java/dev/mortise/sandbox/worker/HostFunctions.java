package dev.mortise.sandbox.worker;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.HostFunction;
import dev.mortise.sandbox.frame.Message;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions that one call may ask for. The check is here, in the server: what a worker believes to be granted does
 * not count.
 *
 * @since 0.1
 */
public final class HostFunctions {
    private static final Logger LOG = LoggerFactory.getLogger(HostFunctions.class);
    private static final int MOST_BYTES = 4 << 20;

    private final Map<String, HostFunction> byName = new LinkedHashMap<>();

    /** Takes the functions of one call; a later one of the same name replaces an earlier one. */
    public HostFunctions(List<HostFunction> functions) {
        functions.forEach(function -> byName.put(function.name(), function));
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Answers a call, or says why not; never throws. */
    Message.HostReply answer(Message.HostCall call) {
        HostFunction function = byName.get(call.function());
        if (function == null) {
            return refused("sandbox.host-denied", "The function is not granted to this script");
        }
        if (call.arguments().length() > MOST_BYTES) {
            return refused("sandbox.host-too-large", "The arguments of " + call.function() + " are larger than 4 MiB");
        }
        try {
            String answer = function.call(call.arguments());
            if (answer.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                return refused("sandbox.host-too-large", "The answer of " + call.function() + " is larger than 4 MiB");
            }
            return new Message.HostReply(true, answer);
        } catch (MortiseException e) {
            return refused(e.errorCode().code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Its message may say something about the server.
            LOG.warn("The host function {} has failed", call.function(), e);
            return refused("sandbox.host-failed", "The function " + call.function() + " has failed");
        }
    }

    private static Message.HostReply refused(String code, String message) {
        return new Message.HostReply(false, code + " " + message);
    }
}
