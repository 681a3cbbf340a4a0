package dev.mortise.kernel.module;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the filter that Felix makes of an import, such as
 * {@code (&(osgi.wiring.package=dev.mortise.api.model)(version>=1.3.0)(!(version>=2.0.0)))}, back into a package and a
 * range.
 */
final class PackageFilter {
    private static final Pattern NAME = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern LOW = Pattern.compile("(?<!!)\\(version>=([^)]+)\\)");
    private static final Pattern HIGH = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private PackageFilter() {}

    static String packageName(String filter) {
        Matcher name = NAME.matcher(filter);
        return name.find() ? name.group(1) : "";
    }

    static String range(String filter) {
        Matcher low = LOW.matcher(filter);
        Matcher high = HIGH.matcher(filter);
        String from = low.find() ? low.group(1) : "0.0.0";
        return high.find() ? "[" + from + "," + high.group(1) + ")" : from + " or newer";
    }
}
