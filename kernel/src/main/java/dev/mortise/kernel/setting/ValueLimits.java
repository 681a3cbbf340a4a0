package dev.mortise.kernel.setting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What no setting may be, whatever its schema says: too large, too deep, null, or of a kind that does not come back
 * from PostgreSQL's {@code jsonb} as it went in.
 */
final class ValueLimits {
    static final int MOST_BYTES = 256 * 1024;
    static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 200;

    private final List<Fault> faults = new ArrayList<>();

    private ValueLimits() {}

    /** Returns what is wrong, none for good values. */
    static List<Fault> faults(JsonNode values) {
        ValueLimits limits = new ValueLimits();
        limits.visit(values, JsonPointer.empty(), 0);
        if (limits.faults.isEmpty() && values.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return List.of(new Fault(
                    "", "size", "all settings of a plugin together may have " + MOST_BYTES + " bytes of JSON"));
        }
        return limits.faults;
    }

    private void visit(JsonNode value, JsonPointer at, int depth) {
        if (depth > DEEPEST) {
            add(at, "depth", "stands deeper than " + DEEPEST + " levels");
            return;
        }
        switch (value.getNodeType()) {
            case OBJECT ->
                value.properties().forEach(each -> {
                    if (each.getKey().length() > LONGEST_NAME || !isKept(each.getKey())) {
                        add(at, "name", "has a property whose name is too long or no text that can be kept");
                    } else {
                        visit(each.getValue(), at.appendProperty(each.getKey()), depth + 1);
                    }
                });
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(value.get(i), at.appendIndex(i), depth + 1);
                }
            }
            case NULL -> add(at, "null", "is null; leave the setting out instead");
            case STRING -> {
                if (!isKept(value.asString())) {
                    add(at, "text", "has a NUL or half of a surrogate pair");
                }
            }
            case NUMBER -> {
                if (value.isFloatingPointNumber() && !Double.isFinite(value.asDouble())) {
                    add(at, "number", "is beyond what a number can be");
                }
            }
            default -> {
                // Truth values are always good.
            }
        }
    }

    private static boolean isKept(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private void add(JsonPointer at, String rule, String message) {
        faults.add(new Fault(at.toString(), rule, message));
    }
}
