package dev.mortise.sandbox.grant;

import dev.mortise.api.sandbox.HostFunction;
import java.util.function.UnaryOperator;

/** A function of ours. */
record NamedFunction(String name, UnaryOperator<String> body) implements HostFunction {
    static HostFunction of(String name, UnaryOperator<String> body) {
        return new NamedFunction(name, body);
    }

    @Override
    public String call(String arguments) {
        return body.apply(arguments);
    }
}
