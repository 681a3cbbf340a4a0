package dev.mortise.kernel.trace;

import dev.mortise.api.trace.Span;
import java.util.List;

/** Where nothing is traced. */
enum NoSpan implements Span {
    INSTANCE;

    @Override
    public Span put(String name, String value) {
        return this;
    }

    @Override
    public Span put(String name, long value) {
        return this;
    }

    @Override
    public Span put(String name, double value) {
        return this;
    }

    @Override
    public Span put(String name, boolean value) {
        return this;
    }

    @Override
    public Span put(String name, List<String> values) {
        return this;
    }

    @Override
    public Span event(String name) {
        return this;
    }

    @Override
    public Span failed(String reason) {
        return this;
    }
}
