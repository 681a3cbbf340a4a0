package dev.mortise.kernel.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is in a backup.
 *
 * @param format the layout of the archive; this version writes {@value #FORMAT} and reads nothing newer
 * @param version the version of Mortise that wrote it
 * @param createdAt when the snapshot was taken, by the database's clock
 * @param postgres the major version of PostgreSQL that it came from
 * @param readableFrom the oldest kernel migration that code must know to work with it
 * @param tables the tables, in the order of their parts
 * @param parts everything else that the archive holds, and the tables' parts too
 * @param keys what became of the master key
 * @since 0.1
 */
public record Manifest(
        int format,
        String version,
        Instant createdAt,
        int postgres,
        int readableFrom,
        List<Table> tables,
        List<Part> parts,
        Keys keys) {
    /** The layout that this version writes. */
    public static final int FORMAT = 1;

    static final String NAME = "manifest.json";

    /** Copies the lists. */
    public Manifest {
        tables = List.copyOf(tables);
        parts = List.copyOf(parts);
    }

    /** What became of the master key. */
    public enum Keys {
        /** It is in the archive, sealed by a pass phrase. */
        SEALED,
        /** It was left out, as was asked for. */
        LEFT_OUT,
        /** It comes from the environment and was never on this disk. */
        ELSEWHERE
    }

    /**
     * A part of the archive.
     *
     * @param bytes its length, unpacked
     * @param sha256 its digest, unpacked, in lower-case hex
     */
    public record Part(String name, long bytes, String sha256) {}

    /**
     * A table's rows.
     *
     * @param columns the columns that are copied, those that are computed are not
     * @param rows how many rows
     * @param digest the sum of the rows' digests; the same for the same rows in any order
     */
    public record Table(String schema, String name, List<String> columns, long rows, String digest) {
        /** Copies the list. */
        public Table {
            columns = List.copyOf(columns);
        }

        String part() {
            return "data/" + schema + "/" + name;
        }
    }

    Optional<Part> part(String name) {
        return parts.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
