package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles, and that nobody gives what he does not hold. */
@Tag("T2")
@Timeout(60)
class RoleTest {
    private static TestKernel kernel;
    private static Company company;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start();
        company = new Company(kernel);
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static TestResponse role(String name, String... permissions) {
        return company.admin("POST", "roles", json(name, permissions));
    }

    private static String json(String name, String... permissions) {
        return "{\"name\":\"%s\",\"permissions\":[\"%s\"]}".formatted(name, String.join("\",\"", permissions));
    }

    private static void assertNotHeld(TestResponse refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.body().path("code").asString()).isEqualTo("kernel.permission-not-held");
    }

    @Test
    void everyTenantHasThreeRolesAndPermissionsAreListed() {
        assertThat(company.admin("GET", "roles/admin", "")
                        .body()
                        .path("permissions")
                        .toString())
                .isEqualTo("[\"*\"]");
        assertThat(company.admin("GET", "roles/viewer", "").text())
                .contains("kernel.plugins.read")
                .doesNotContain("write")
                .doesNotContain("users");
        assertThat(company.admin("GET", "roles/developer", "").text())
                .contains("kernel.plugins.read")
                .doesNotContain("kernel.users.read")
                .doesNotContain("kernel.audit.read")
                .doesNotContain(".write");
        assertThat(company.admin("GET", "permissions", "").text()).contains("kernel.roles.write");
    }

    @Test
    void anOwnRoleGrantsWhatItNamesAndNothingElse() {
        assertThat(role("auditors", "kernel.roles.read").status()).isEqualTo(201);
        Browser ann = company.person("ann@example.org", "auditors");

        assertThat(ann.get("roles").status()).isEqualTo(200);
        assertThat(ann.get("users").status()).isEqualTo(403);
        assertThat(ann.get("me").body().path("permissions").toString()).isEqualTo("[\"kernel.roles.read\"]");
    }

    @Test
    void aChangedRoleReachesWhoeverHasItAtOnce() {
        role("changing", "kernel.roles.read");
        Browser ben = company.person("ben@example.org", "changing");
        assertThat(ben.get("users").status()).isEqualTo(403);

        company.admin("PUT", "roles/changing", json("changing", "kernel.users.read"));

        assertThat(ben.get("users").status()).isEqualTo(200);
        assertThat(ben.get("roles").status()).isEqualTo(403);
    }

    @Test
    void aRoleThatSomebodyHasIsNotRemoved() {
        role("held", "kernel.roles.read");
        String cleo = company.join("cleo@example.org", "held");

        assertThat(company.admin("DELETE", "roles/held", "").status()).isEqualTo(409);
        company.admin("PATCH", "users/" + cleo, "{\"roles\":[]}");

        assertThat(company.admin("DELETE", "roles/held", "").status()).isEqualTo(204);
        assertThat(company.admin("GET", "roles/held", "").status()).isEqualTo(404);
    }

    @Test
    void builtInRolesAndTakenNamesStay() {
        role("taken", "kernel.roles.read");

        assertThat(role("taken", "kernel.users.read").status()).isEqualTo(409);
        assertThat(role("admin", "kernel.users.read").status()).isEqualTo(409);
        assertThat(company.admin("PUT", "roles/viewer", json("viewer", "*")).status())
                .isEqualTo(409);
        assertThat(company.admin("DELETE", "roles/developer", "").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody.declares.this", "kernel.plugin", "Kernel.roles.read", "*.read", "", "a b", "'; --"})
    void whatNothingDeclaresIsNoPermission(String permission) {
        assertThat(role("strange", permission).status()).isEqualTo(400);
    }

    @Test
    void nobodyGivesWhatHeDoesNotHold() {
        role("managers", "kernel.roles.read", "kernel.roles.write", "kernel.users.write", "kernel.invitations.write");
        role("small", "kernel.roles.read");
        role("large", "kernel.roles.read", "kernel.plugins.write");
        Browser max = company.person("max@example.org", "managers");
        String self = max.get("me").body().path("user").path("id").asString();

        assertNotHeld(max.post("roles", json("mine", "kernel.plugins.write")));
        assertNotHeld(max.post("roles", json("mine", "kernel.roles.*")));
        assertNotHeld(max.post("roles", json("mine", "*")));
        assertNotHeld(max.put("roles/managers", json("managers", "kernel.roles.read", "kernel.plugins.write")));
        assertNotHeld(max.put("roles/large", json("large", "kernel.roles.read")));
        assertNotHeld(max.delete("roles/large"));
        assertNotHeld(max.patch("users/" + self, "{\"roles\":[\"managers\",\"admin\"]}"));
        assertNotHeld(max.patch("users/" + self, "{\"roles\":[\"large\"]}"));
        assertNotHeld(max.post("invitations", "{\"email\":\"new@example.org\",\"roles\":[\"admin\"]}"));
        assertThat(max.post("invitations", "{\"email\":\"new@example.org\",\"roles\":[\"small\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(max.post("roles", json("mine", "kernel.users.write")).status())
                .isEqualTo(201);
    }

    @Test
    void nobodyTouchesAPersonWhoMayDoMore() {
        role("helpers", "kernel.users.write", "kernel.users.read", "kernel.invitations.write");
        Browser mia = company.person("mia@example.org", "helpers");
        String boss = company.join("boss@example.org", "admin");

        assertNotHeld(mia.patch("users/" + boss, "{\"displayName\":\"x\"}"));
        assertNotHeld(mia.patch("users/" + boss, "{\"state\":\"DISABLED\"}"));
        assertNotHeld(mia.patch("users/" + boss, "{\"roles\":[]}"));
        assertNotHeld(mia.delete("users/" + boss + "/sessions"));
        assertNotHeld(mia.post("users/" + boss + "/two-factor/reset", ""));
        assertNotHeld(mia.post("invitations/again", "{\"userId\":\"" + boss + "\"}"));
    }

    @Test
    void aLinkMadeBeforeSomebodyGotMoreRightsIsWorthNothing() {
        role("doormen", "kernel.invitations.write");
        Browser eve = company.person("eve@example.org", "doormen");
        TestResponse invited = eve.post("invitations", "{\"email\":\"puppet@example.org\"}");
        String puppet = invited.body().path("invitation").path("userId").asString();

        assertThat(company.admin("PATCH", "users/" + puppet, "{\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(200);

        String token = invited.body().path("token").asString();
        assertThat(company.accept(token, Company.PASSWORD).status()).isEqualTo(404);
    }

    @Test
    void aKeyOfAPersonGivesNothingThatThePersonDoesNotHold() {
        role("key-makers", "kernel.api-keys.write", "kernel.api-keys.read");
        Browser joe = company.person("joe@example.org", "key-makers");

        for (String scope : List.of("*", "kernel.*", "kernel.users.write")) {
            assertNotHeld(joe.post("api-keys", "{\"name\":\"more\",\"permissions\":[\"" + scope + "\"]}"));
        }
        assertThat(joe.post("api-keys", "{\"name\":\"same\",\"permissions\":[\"kernel.api-keys.read\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void hostileNamesOfRolesAreRefusedOrNotFound() {
        for (String name :
                List.of("x'; DROP TABLE mortise.own_role; --", "a b", "A", "1a", "a".repeat(64), "\\u0000")) {
            assertThat(role(name, "kernel.roles.read").status()).as(name).isEqualTo(400);
        }
        assertThat(company.admin("GET", "roles/x'%20OR%20'1'='1", "").status()).isEqualTo(404);
        assertThat(company.admin("GET", "roles", "").status()).isEqualTo(200);
    }
}
