package dev.mortise.kernel.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of CSV (RFC 4180), every cell in quotes. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe (OWASP, CSV Injection).
 */
final class CsvRow {
    private static final String FORMULA_BEGINS = "=+-@\t\r\n＝＋－＠";

    private CsvRow() {}

    static String of(List<String> cells) {
        return cells.stream().map(CsvRow::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        String stripped = text.stripLeading();
        boolean isFormula = !text.isEmpty()
                && (FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0
                        || (!stripped.isEmpty() && FORMULA_BEGINS.indexOf(stripped.charAt(0)) >= 0));
        return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
