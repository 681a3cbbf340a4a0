package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("O1")
class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 | SELECT ?",
                "SELECT * FROM t1 WHERE a = 'it''s' AND b = -12.5e3 | SELECT * FROM t1 WHERE a = ? AND b = -?",
                "SELECT E'a\\'b', c2 | SELECT ?, c2",
                "SELECT $$secret$$, $x$more$x$ | SELECT ?, ?",
                "SELECT a FROM b WHERE c = ? AND d = $1 | SELECT a FROM b WHERE c = ? AND d = $1",
                "SELECT interval '1 day' | SELECT interval ?"
            })
    void valuesAreTakenOut(String sql, String expected) {
        assertThat(SqlText.withoutValues(sql)).isEqualTo(expected);
    }
}
