package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NotesSettingsTest {
    @Test
    void aServerThatSetsNothingTakesThousandCharacters() {
        assertThat(new NotesSettings(null).limit()).isEqualTo(1000);
    }

    @Test
    void aLimitBelowOneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotesSettings(0))
                .withMessageContaining("mostCharacters");
    }
}
