package dev.mortise.kernel.backup;

import java.util.List;

/**
 * The statements that make schemas anew, in the words of the server that has them.
 *
 * @param before what must be there before rows: types, sequences, tables, functions, views; they may need one another
 *     in any order
 * @param after what is quicker, or only right, with the rows in place: keys, indexes, triggers, row-level security,
 *     rights, comments, values of sequences; to be run in this order
 */
record SchemaStatements(List<String> before, List<String> after) {
    /** Stands in statements for the login role that the server works as, which may have another name elsewhere. */
    static final String SERVER_ROLE = "\"{{server-role}}\"";

    SchemaStatements {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
