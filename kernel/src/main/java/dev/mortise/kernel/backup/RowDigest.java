package dev.mortise.kernel.backup;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Tells whether two tables hold the same rows, in whatever order they come: counts the rows and sums up a 64-bit digest
 * of each (two checksums side by side, mixed as SplitMix64 does). It finds accidents, not attacks.
 */
final class RowDigest {
    private final CRC32C left = new CRC32C();
    private final CRC32 right = new CRC32();
    private long rows;
    private long sum;

    void add(byte[] row) {
        left.reset();
        left.update(row, 0, row.length);
        right.reset();
        right.update(row, 0, row.length);
        sum += mixed(left.getValue() << 32 | right.getValue());
        rows++;
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    long rows() {
        return rows;
    }

    String text() {
        return Long.toHexString(sum);
    }
}
