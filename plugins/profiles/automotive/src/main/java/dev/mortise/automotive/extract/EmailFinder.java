package dev.mortise.automotive.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds e-mail addresses in the form that people use (RFC 5321 without quoted local parts and address literals). */
final class EmailFinder {
    private static final int MOST = 10;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;

    List<String> find(String text) {
        Set<String> found = new LinkedHashSet<>();
        for (int at = text.indexOf('@'); at >= 0 && found.size() < MOST; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && at - start < LONGEST_LOCAL_PART && isLocal(text.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < text.length() && end - at <= LONGEST_DOMAIN && isDomain(text.charAt(end))) {
                end++;
            }
            while (end > at && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
                end--;
            }
            String domain = text.substring(at + 1, Math.max(at + 1, end));
            int dot = domain.lastIndexOf('.');
            if (start < at && dot > 0 && domain.length() - dot > 2 && !domain.contains("..")) {
                found.add(text.substring(start, at) + "@" + domain.toLowerCase(Locale.ROOT));
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean isLocal(char c) {
        return isDomain(c) || c == '_' || c == '+' || c == '%';
    }

    private static boolean isDomain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
}
