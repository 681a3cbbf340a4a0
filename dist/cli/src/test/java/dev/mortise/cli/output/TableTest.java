package dev.mortise.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K7")
class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndLinesHaveNoTrailingSpaces() {
        assertThat(new Table("ID", "STATE")
                        .row("relaycore", "running")
                        .row("x", "")
                        .lines())
                .containsExactly("ID         STATE", "relaycore  running", "x");
    }

    @Test
    void aRowOfAnotherLengthIsAMistakeOfTheCaller() {
        Table table = new Table("ID", "STATE");

        assertThatThrownBy(() -> table.row("relaycore")).hasMessageContaining("1 cells, the table 2 columns");
    }
}
