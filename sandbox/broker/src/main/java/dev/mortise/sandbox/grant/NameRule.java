package dev.mortise.sandbox.grant;

import java.util.Set;

/** Names as grants have them: a whole name, or the beginning of names as {@code prefix.*}; {@code *} for all. */
final class NameRule {
    private NameRule() {}

    static boolean matches(Set<String> rules, String name) {
        return rules.contains(name)
                || rules.stream()
                        .anyMatch(rule -> rule.equals("*")
                                || (rule.endsWith(".*") && name.startsWith(rule.substring(0, rule.length() - 1))));
    }
}
