package dev.mortise.cli.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.CommandsAgainstAServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the commands send and show; the answers are written down here, the way is real. */
@Tag("T4")
class KeyAndUserCommandTest {
    private static final String KEYS = "/api/v1/kernel/api-keys";
    private static final String USERS = "/api/v1/kernel/users";
    private static final String TWO_KEYS = """
            {"items":[{"id":"k1","prefix":"abcdefgh","name":"ci","permissions":["*"],"ownerUser":null,
                       "ownerService":"s1","expiresAt":null,"revokedAt":null},
                      {"id":"k2","prefix":"ijkmnpqr","name":"old","permissions":["*"],
                       "revokedAt":"2026-01-01T00:00:00Z"}],"next":null}""";

    @RegisterExtension
    final CommandsAgainstAServer server = new CommandsAgainstAServer();

    @Test
    void aKeyIsMadeOfPermissionsAndShownOnce() {
        server.answer(KEYS, 201, "{\"id\":\"k1\",\"prefix\":\"abcdefgh\",\"key\":\"mk_abcdefgh_secret\"}");

        assertThat(server.execute("key", "create", "ci", "--permission", "a.read", "--permission", "b.*"))
                .isZero();

        assertThat(server.out()).contains("mk_abcdefgh_secret");
        assertThat(server.lines())
                .containsExactly("POST " + KEYS + " {\"name\":\"ci\",\"permissions\":[\"a.read\",\"b.*\"]}");
    }

    @Test
    void keysAreListedWithoutTheRevokedOnes() {
        server.answer(KEYS, 200, TWO_KEYS);

        server.execute("key", "list");

        assertThat(server.out()).contains("abcdefgh", "service:s1", "never").doesNotContain("ijkmnpqr");
    }

    @Test
    void aKeyIsFoundByItsPrefix() {
        server.answer(KEYS + "/k1", 204, "");
        server.answer(KEYS, 200, TWO_KEYS);

        assertThat(server.execute("key", "revoke", "mk_abcdefgh")).isZero();
        assertThat(server.lines()).contains("DELETE " + KEYS + "/k1 ");
        assertThat(server.execute("key", "revoke", "ijkmnpqr")).isEqualTo(ExitCode.USAGE.number());
        assertThat(server.err()).contains("mortise key list");
    }

    @Test
    void aRotationSendsTheGracePeriod() {
        server.answer(KEYS + "/k1/rotate", 200, "{\"id\":\"k1\",\"key\":\"mk_abcdefgh_next\"}");
        server.answer(KEYS, 200, TWO_KEYS);

        assertThat(server.execute("key", "rotate", "abcdefgh", "--grace-seconds", "0", "--json"))
                .isZero();

        assertThat(server.lines()).contains("POST " + KEYS + "/k1/rotate {\"graceSeconds\":0}");
        assertThat(server.out()).contains("\"key\" : \"mk_abcdefgh_next\"");
    }

    @Test
    void anInvitationShowsTheWholeLink() {
        server.answer("/api/v1/kernel/invitations", 201, """
                {"invitation":{"email":"ann@example.org","expiresAt":"2026-01-08T00:00:00Z"},
                 "token":"mi_x","link":"/console/accept-invitation#mi_x"}""");

        assertThat(server.execute("user", "invite", "ann@example.org", "--role", "viewer"))
                .isZero();

        assertThat(server.out()).contains(server.url() + "/console/accept-invitation#mi_x");
        assertThat(server.lines().getFirst())
                .contains("\"email\":\"ann@example.org\"", "\"roles\":[\"viewer\"]", "\"validSeconds\":604800");
    }

    @Test
    void aPersonIsFoundByTheAddressAndDisabled() {
        server.answer(USERS + "/u2", 200, "{\"id\":\"u2\",\"email\":\"ben@example.org\",\"state\":\"DISABLED\"}");
        server.answer(USERS, 200, """
                {"items":[{"id":"u1","email":"ann@example.org","state":"ACTIVE","roles":[]},
                          {"id":"u2","email":"ben@example.org","state":"ACTIVE","roles":["admin"]}]}""");

        assertThat(server.execute("user", "disable", "Ben@example.org")).isZero();
        assertThat(server.lines()).contains("PATCH " + USERS + "/u2 {\"state\":\"DISABLED\"}");
        assertThat(server.execute("user", "disable", "eve@example.org")).isEqualTo(ExitCode.USAGE.number());
        assertThat(server.execute("user", "list")).isZero();
        assertThat(server.out()).contains("ben@example.org", "active", "admin");
    }
}
