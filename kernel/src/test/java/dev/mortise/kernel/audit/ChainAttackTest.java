package dev.mortise.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain, attacked by somebody who may do everything with the tables and has no key. */
@Tag("G1")
@Timeout(120)
class ChainAttackTest {
    @TempDir
    Path folder;

    private AuditBench bench;

    @BeforeEach
    void open() {
        bench = new AuditBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Verifies as a server does whose data folder the attacker has written to as well. */
    private String firstFaultWithoutAnchors() throws IOException {
        bench.close();
        Files.delete(folder.resolve("audit-anchors"));
        try (AuditBench again = bench.node(folder, Optional.empty())) {
            return again.firstFault();
        }
    }

    @Test
    void anUntouchedChainIsWhole() {
        bench.record(35);

        ChainCheck.Verdict verdict = bench.verify();
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(35);
        assertThat(verdict.seq()).isEqualTo(35);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "actor       | 'key:mallory'",
                "actor_kind  | 'SYSTEM'",
                "action      | 'test.thing.read'",
                "target      | 'thing/99'",
                "outcome     | 'REFUSED'",
                "status      | 200",
                "trace_id    | '00000000000000000000000000000001'",
                "source      | '10.0.0.1'",
                "at          | at + interval '1 microsecond'",
                "id          | uuidv7()",
                "details     | '{\"number\": \"8\"}'",
                "details     | '{\"number\": 7}'",
                "details     | '{\"number\": \"7\", \"more\": \"x\"}'",
                "details     | '{}'"
            })
    void aChangedFieldIsFound(String column, String value) throws SQLException {
        bench.record(12);

        bench.asOwner("UPDATE mortise.audit_entry SET " + column + " = " + value + " WHERE seq = 7");

        assertThat(bench.firstFault()).isEqualTo("entry 7: its content was changed");
    }

    @Test
    void aDeletedEntryIsFound() throws SQLException {
        bench.record(12);

        bench.asOwner("DELETE FROM mortise.audit_entry WHERE seq = 7");

        assertThat(bench.firstFault()).isEqualTo("entry 7: it is missing; the next one is entry 8");
    }

    @Test
    void aDeletedEntryIsFoundWhenTheRestIsRenumbered() throws SQLException {
        bench.record(12);

        bench.asOwner(
                "DELETE FROM mortise.audit_entry WHERE seq = 7",
                "UPDATE mortise.audit_entry SET seq = seq + 1000 WHERE seq > 7",
                "UPDATE mortise.audit_entry SET seq = seq - 1001 WHERE seq > 1000");

        assertThat(bench.firstFault()).isEqualTo("entry 7: it does not follow the entry before it");
    }

    @Test
    void anInsertedEntryIsFound() throws SQLException {
        bench.record(12);

        bench.asOwner(
                "UPDATE mortise.audit_entry SET seq = seq + 1000 WHERE seq >= 7",
                "UPDATE mortise.audit_entry SET seq = seq - 999 WHERE seq > 1000",
                copyOfEntry(6, 7));

        assertThat(bench.firstFault()).startsWith("entry 7: ");
    }

    @Test
    void anEntryAddedAtTheEndIsFound() throws SQLException {
        bench.record(12);

        bench.asOwner(copyOfEntry(12, 13));

        assertThat(bench.firstFault()).startsWith("entry 13: ");
    }

    @Test
    void swappedEntriesAreFound() throws SQLException {
        bench.record(12);

        bench.asOwner(
                "UPDATE mortise.audit_entry SET seq = 1000 WHERE seq = 5",
                "UPDATE mortise.audit_entry SET seq = 5 WHERE seq = 8",
                "UPDATE mortise.audit_entry SET seq = 8 WHERE seq = 1000");

        assertThat(bench.firstFault()).isEqualTo("entry 5: it does not follow the entry before it");
    }

    @Test
    void aChainHashedAnewIsFoundByItsSeal() throws SQLException {
        bench.record(12);

        bench.asOwner("UPDATE mortise.audit_entry SET actor = 'key:mallory' WHERE seq = 7");
        hashAnewFrom(7);

        assertThat(bench.firstFault())
                .isEqualTo("entry 10: its seal is false: it, or one before it, was written by somebody else");
    }

    @Test
    void aChainHashedAnewWithoutSealsIsFoundByItsEnd() throws Exception {
        bench.record(12);

        bench.asOwner(
                "UPDATE mortise.audit_entry SET actor = 'key:mallory' WHERE seq = 7",
                "UPDATE mortise.audit_entry SET seal = NULL, seal_key = NULL WHERE seq >= 7",
                "DELETE FROM mortise.audit_checkpoint WHERE seq >= 7");
        hashAnewFrom(7);

        assertThat(bench.firstFault()).isEqualTo("entry 12: a checkpoint knows it with another content");
        assertThat(firstFaultWithoutAnchors()).isEqualTo("entry 13: it was cut off: the end of the chain has no seal");
    }

    @Test
    void aKeyOfTheAttackersOwnDoesNotSeal() throws Exception {
        bench.record(12);
        var pair = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String key = "0192f0c1-0000-7000-8000-000000000000";
        bench.asOwner(
                "INSERT INTO mortise.audit_key (id, public_key, sealed_private, retired_at) SELECT '" + key + "', '\\x"
                        + HexFormat.of().formatHex(pair.getPublic().getEncoded())
                        + "', sealed_private, now() FROM mortise.audit_key LIMIT 1",
                "UPDATE mortise.audit_entry SET actor = 'key:mallory' WHERE seq = 12");
        hashAnewFrom(12);
        String hash = bench.asOwner("SELECT encode(hash, 'hex') FROM mortise.audit_entry WHERE seq = 12");
        var signature = java.security.Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(CanonicalForm.seal(bench.tenant, 12, java.util.Objects.requireNonNull(hash)));
        bench.asOwner("UPDATE mortise.audit_entry SET seal_key = '" + key + "', seal = '\\x"
                + HexFormat.of().formatHex(signature.sign()) + "' WHERE seq = 12");

        assertThat(bench.firstFault()).startsWith("entry 12: its seal is false");
    }

    @Test
    void anEndThatWasCutWithinABatchIsFound() throws Exception {
        bench.record(20);

        bench.asOwner("DELETE FROM mortise.audit_entry WHERE seq > 15");

        assertThat(bench.firstFault())
                .isEqualTo("entry 16: it and what follows were cut off: a checkpoint covers entry 20");
        assertThat(firstFaultWithoutAnchors()).isEqualTo("entry 16: it was cut off: the end of the chain has no seal");
    }

    @Test
    void anEndThatWasCutAtABatchIsFoundByTheCheckpoint() throws SQLException {
        bench.record(20);
        bench.room.close(); // A stopping server leaves a checkpoint of the end.

        bench.asOwner("DELETE FROM mortise.audit_entry WHERE seq > 10");

        assertThat(bench.firstFault())
                .isEqualTo("entry 11: it and what follows were cut off: a checkpoint covers entry 20");
    }

    @Test
    void anEndThatWasCutAtABatchWithItsCheckpointIsFoundByTheAnchor() throws SQLException {
        bench.record(20);

        cutBackTo(10);

        assertThat(bench.firstFault())
                .isEqualTo("entry 11: it and what follows were cut off: a checkpoint covers entry 20");
    }

    @Test
    void aChainThatGrewAgainAfterACutIsFoundByTheAnchor() throws SQLException {
        bench.record(20);
        cutBackTo(10);

        bench.record(20);

        assertThat(bench.firstFault()).isEqualTo("entry 20: a checkpoint knows it with another content");
    }

    @Test
    void theAnchorsOutliveARestartAndATornLastLine() throws Exception {
        bench.record(20);
        bench.close();
        Files.writeString(folder.resolve("audit-anchors"), "0192f0c1-0000-70", StandardOpenOption.APPEND);
        cutBackTo(10);

        try (AuditBench again = bench.node(folder, Optional.empty())) {
            assertThat(again.firstFault()).startsWith("entry 11: it and what follows were cut off");
        }
    }

    @Test
    void anAnchorThatSomebodyInventedIsNotBelieved() throws Exception {
        bench.record(5);
        bench.close();
        Files.writeString(
                folder.resolve("audit-anchors"),
                bench.tenant + " 9 " + "ab".repeat(32) + " 0192f0c1-0000-7000-8000-000000000000 " + "cd".repeat(64)
                        + "\n",
                StandardOpenOption.APPEND);

        try (AuditBench again = bench.node(folder, Optional.empty())) {
            assertThat(again.firstFault()).isEqualTo("entry 9: its checkpoint is false");
        }
    }

    private void cutBackTo(long seq) throws SQLException {
        bench.asOwner(
                "DELETE FROM mortise.audit_entry WHERE seq > " + seq,
                "DELETE FROM mortise.audit_checkpoint WHERE seq > " + seq);
    }

    @Test
    void anEmptiedChainIsFoundByTheCheckpoint() throws SQLException {
        bench.record(5);

        bench.asOwner("DELETE FROM mortise.audit_entry");

        assertThat(bench.firstFault()).startsWith("entry 1: it and what follows were cut off");
    }

    @Test
    void aPendingEntryThatNoServerWroteIsMarkedAsForged() throws SQLException {
        bench.record(3);
        bench.room.close();

        bench.asOwner("INSERT INTO mortise.audit_pending (id, at, actor_kind, actor, action, target, outcome, trace_id,"
                + " details, mac) VALUES (uuidv7(), now(), 'USER', 'key:bob', 'test.money.stolen', 'vault', 'DONE',"
                + " repeat('a', 32), '{\"note\": \"it was bob\"}', decode(repeat('01', 49), 'hex'))");

        assertThat(bench.verify().fault()).isEmpty();
        assertThat(bench.asOwner("SELECT action || ' ' || actor || details FROM mortise.audit_entry WHERE seq = 4"))
                .isEqualTo("kernel.audit.forged kernel{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE mortise.audit_entry SET actor = 'key:mallory'",
                "DELETE FROM mortise.audit_entry",
                "TRUNCATE mortise.audit_entry",
                "UPDATE mortise.audit_checkpoint SET seq = 1",
                "DELETE FROM mortise.audit_checkpoint",
                "TRUNCATE mortise.audit_checkpoint",
                "UPDATE mortise.audit_pending SET actor = 'key:mallory'",
                "TRUNCATE mortise.audit_pending",
                "UPDATE mortise.audit_key SET retired_at = now()",
                "DELETE FROM mortise.audit_key",
                "ALTER TABLE mortise.audit_entry DISABLE ROW LEVEL SECURITY",
                "INSERT INTO mortise.audit_segment (seq, hash, seal_key, seal) VALUES (1, '', uuidv7(), '')",
                "DELETE FROM mortise.audit_segment",
                "SELECT mortise.drop_audit_segment(1, uuidv7(), '')",
                "DROP TABLE mortise.audit_entry"
            })
    void theServersRoleCannotChangeTheRecord(String attempt) {
        bench.record(1);

        assertThatThrownBy(() -> bench.asServer(attempt))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    /** Does what an attacker does who has read this code: hashes the entries again, so that each follows the former. */
    private void hashAnewFrom(long first) throws SQLException {
        List<ChainMapper.Row> rows = bench.database
                .kernel()
                .inTransaction(
                        bench.tenant,
                        dev.mortise.kernel.store.Access.READ,
                        open -> open.mapper(ChainMapper.class).entriesAfter(first - 1, 1000));
        List<String> statements = new ArrayList<>();
        String hash = bench.asOwner("SELECT encode(hash, 'hex') FROM mortise.audit_entry WHERE seq = " + (first - 1));
        for (ChainMapper.Row row : rows) {
            ChainedEntry anew = ChainedEntry.linked(
                    bench.tenant, row.seq(), Rows.content(row), java.util.Objects.requireNonNull(hash));
            hash = anew.hash();
            statements.add("UPDATE mortise.audit_entry SET prev_hash = '\\x" + anew.prevHash() + "', hash = '\\x"
                    + anew.hash() + "' WHERE seq = " + row.seq());
        }
        bench.asOwner(statements.toArray(String[]::new));
    }

    private static String copyOfEntry(long from, long to) {
        return "INSERT INTO mortise.audit_entry (seq, id, at, actor_kind, actor, action, target, outcome, trace_id,"
                + " details, prev_hash, hash, seal_key, seal) SELECT " + to
                + ", uuidv7(), at, actor_kind, actor, action, target, outcome, trace_id, details, hash, hash, seal_key,"
                + " seal FROM mortise.audit_entry WHERE seq = " + from;
    }
}
