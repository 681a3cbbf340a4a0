package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.NoteMapper.Note;
import dev.mortise.kernel.store.NoteMapper.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mappers and transactions of a plugin. */
@Tag("K4")
class PluginStoreTest {
    private final NotePlugin plugin = new NotePlugin();

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void aRecordComesBackAsItWasWritten() {
        Note note = new Note(
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
                "brakes",
                Urgency.HIGH,
                plugin.json.readTree("{\"a\":[1,null,\"ü\"]}"),
                List.of("x", "with \"quotes\", and commas", ""),
                Instant.parse("2026-11-21T11:12:13.123456Z"),
                9_007_199_254_740_993L);

        Note found = plugin.alice.call(() -> plugin.store.transaction(open -> {
            open.mapper(NoteMapper.class).insertRecord(note);
            return open.mapper(NoteMapper.class).byId(note.noteId());
        }));

        assertThat(found).isEqualTo(note);
    }

    @Test
    void severalParametersCarryEveryKindOfValue() {
        List<Note> found = plugin.alice.call(() -> {
            plugin.store.write(
                    NoteMapper.class,
                    notes -> notes.insert(
                            "oil",
                            Urgency.HIGH,
                            plugin.json.createObjectNode().put("km", 12),
                            List.of("a", "b"),
                            Instant.EPOCH));
            return plugin.store.read(NoteMapper.class, notes -> notes.find(Urgency.HIGH));
        });

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().tags()).containsExactly("a", "b");
        assertThat(found.getFirst().details()).isEqualTo(plugin.json.readTree("{\"km\":12}"));
    }

    @Test
    void dynamicSqlLeavesOutWhatIsNotAskedFor() {
        int found = plugin.alice.call(() -> {
            plugin.add("one");
            return plugin.store
                    .read(NoteMapper.class, notes -> notes.find(null))
                    .size();
        });

        assertThat(found).isEqualTo(1);
    }

    @Test
    void withoutATenantNothingReachesTheDatabase() {
        assertThatThrownBy(plugin::count)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.errorCode()).isEqualTo(ApiError.NO_CALL_CONTEXT));
    }

    @Test
    void aTenantSeesItsOwnRowsOnly() {
        plugin.alice.call(() -> plugin.add("hers"));

        assertThat(plugin.bob.call(plugin::count)).isZero();
        assertThat(plugin.alice.call(plugin::count)).isEqualTo(1);
    }

    @Test
    void aBrokenConstraintIsAConflictThatNamesItAndNoValue() {
        assertThatThrownBy(() -> plugin.alice.run(() -> {
                    plugin.add("secret title");
                    plugin.add("secret title");
                }))
                .isInstanceOfSatisfying(MortiseException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(KernelError.DATA_CONFLICT);
                    assertThat(e.errorCode().category()).isEqualTo(ErrorCategory.CONFLICT);
                    assertThat(e)
                            .hasMessageContaining("note_tenant_id_title_key")
                            .hasMessageNotContaining("secret");
                });
    }
}
