package dev.mortise.kernel.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number in a migration's name: {@code V2_1__words.sql} has the parts 2 and 1. */
record FileVersion(List<BigInteger> parts) implements Comparable<FileVersion> {
    private static final Pattern NAME = Pattern.compile("V(\\d+(?:_\\d+)*)__.*");

    static FileVersion of(String fileName) {
        Matcher name = NAME.matcher(fileName);
        List<BigInteger> parts = new ArrayList<>();
        if (name.matches()) {
            for (String part : name.group(1).split("_", -1)) {
                parts.add(new BigInteger(part));
            }
        }
        return new FileVersion(List.copyOf(parts));
    }

    @Override
    public int compareTo(FileVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = part(i).compareTo(other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger part(int i) {
        return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
    }
}
