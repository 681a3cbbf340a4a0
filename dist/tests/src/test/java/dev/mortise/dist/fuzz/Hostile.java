package dev.mortise.dist.fuzz;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that have broken servers before, in the order of chance. */
final class Hostile {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "'",
            "\"",
            "' OR '1'='1",
            "'; DROP TABLE tenant; --",
            "1); SELECT pg_sleep(5); --",
            "%",
            "_%",
            "\\",
            "$1",
            "${jndi:ldap://127.0.0.1/a}",
            "#{7*7}",
            "../../../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "/",
            "//",
            ".",
            "..",
            ";a=b",
            "?",
            "#",
            "\u0000",
            "a\u0000b",
            "\u0001\u0002\u001b[31m",
            "\r\nX-Forged: 1",
            "\u202eabc",
            "\ufeff",
            "\ud800",
            "\ud83d\ude00".repeat(20),
            "e\u0301",
            "\u0130\u0131\u017f",
            "<script>alert(1)</script>",
            "null",
            "true",
            "NaN",
            "-1",
            "0",
            "9223372036854775808",
            "1e400",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "2026-02-30T25:61:61Z",
            "+1000000000-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z",
            "P1000000000Y",
            "*",
            "[",
            "(?:a+)+$",
            "a".repeat(300),
            "z".repeat(7_000));

    private final Random random;

    Hostile(Random random) {
        this.random = random;
    }

    String text() {
        if (random.nextInt(4) > 0) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.appendCodePoint(random.nextInt(3) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x80));
        }
        return text.toString();
    }

    /** Returns a value of any JSON type. */
    JsonNode value() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(-1);
            case 3 -> NODES.numberNode(Long.MAX_VALUE);
            case 4 -> NODES.numberNode(new java.math.BigInteger("9".repeat(400)));
            case 5 -> NODES.numberNode(new java.math.BigDecimal("1e-999999"));
            case 6 -> NODES.numberNode(new java.math.BigDecimal("1e999999"));
            case 7 -> NODES.arrayNode();
            case 8 -> NODES.objectNode();
            case 9 -> NODES.arrayNode().add(NODES.nullNode());
            case 10 -> NODES.objectNode().set(text(), NODES.stringNode(text()));
            case 11 -> deep();
            default -> NODES.stringNode(text());
        };
    }

    private JsonNode deep() {
        JsonNode inner = NODES.stringNode(text());
        for (int depth = 1 + random.nextInt(450); depth > 0; depth--) {
            inner = random.nextBoolean()
                    ? NODES.arrayNode().add(inner)
                    : NODES.objectNode().set("a", inner);
        }
        return inner;
    }
}
