package dev.mortise.kernel.redact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Replaces what looks like a credential by {@code [secret]}. Every pattern begins with a fixed text or a word and uses
 * possessive quantifiers, so the time grows with the length of the text alone.
 *
 * @since 0.1
 */
public final class SecretText {
    static final String MASK = "[secret]";

    /** What must be in a text before any pattern can match; most texts have none of it and cost one pass. */
    private static final List<String> HINTS = List.of(
            "bearer",
            "basic ",
            "cookie",
            "authorization",
            "password",
            "passwd",
            "passphrase",
            "private key",
            "pwd",
            "secret",
            "token",
            "key",
            "mk_",
            "sk-",
            "sk_",
            "pk_",
            "rk_",
            "gh",
            "glpat-",
            "xox",
            "akia",
            "asia",
            "aiza",
            "eyj",
            "://",
            "hf_",
            "npm_",
            "pypi-",
            "sg.",
            "dop_v1_",
            "shpat_",
            "whsec_",
            "age-secret-key",
            "credential",
            "session");

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\\z)",
                    MASK),
            // Headers, whole: a cookie or a scheme may be anything. Not what is said of a setting of that name.
            rule(
                    "(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-csrf-token)(?!: is a secret; keep it with )(\"?\\s*+[:=]\\s*+)[^\\r\\n]++",
                    "$1$2" + MASK),
            rule("(?i)\\b(bearer|basic)\\s++[A-Za-z0-9._~+/=-]{8,}+", "$1 " + MASK),
            // user:password@ in a URL (RFC 3986, section 3.2.1).
            rule("(?i)(\\b[a-z][a-z0-9+.-]{1,20}+://[^\\s/@:]{0,200}+:)[^\\s/@]{1,200}+@", "$1" + MASK + "@"),
            // JSON Web Token (RFC 7519): base64url of {" is eyJ.
            rule("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?", MASK),
            rule("\\bmk_[a-z0-9]{8}_[A-Za-z0-9_-]{16,}+", MASK),
            rule("\\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}+", MASK),
            rule("\\b(?:gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+|glpat-[A-Za-z0-9_-]{16,}+)", MASK),
            rule("\\bxox[abeoprs]-[A-Za-z0-9-]{10,}+", MASK),
            rule("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MASK),
            rule("\\bAIza[A-Za-z0-9_-]{30,}+", MASK),
            rule("\\b(?:hf_|npm_|dop_v1_|shpat_|whsec_|pypi-)[A-Za-z0-9_-]{20,}+", MASK),
            rule("\\bSG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+", MASK),
            rule("\\bAGE-SECRET-KEY-1[A-Z0-9]{50,}+", MASK),
            // name = value, as in a query, a form, JSON or a log line; not the place of a value, as in "/password: is
            // missing".
            rule(
                    "(?i)(?!(?<=/)[\\w.-]{1,80}+: )([\\w.-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
                            + "|credentials?|session[_-]?id)\"?\\s*+[=:]\\s*+)(?!\\[secret]|NAME\\b)(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[^\\s,;&}\\]\"']++)",
                    "$1" + MASK));

    private SecretText() {}

    /** Returns the text with every credential in it replaced. */
    public static String redact(String text) {
        if (text.length() < 8 || !mayHold(text)) {
            return text;
        }
        String redacted = text;
        for (Rule rule : RULES) {
            redacted = rule.pattern().matcher(redacted).replaceAll(rule.replacement());
        }
        return redacted;
    }

    private static boolean mayHold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return HINTS.stream().anyMatch(lower::contains);
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
