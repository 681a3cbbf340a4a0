package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A server with people in its default tenant. */
final class Company {
    static final String PASSWORD = "quiet river under glass";
    private static final String API = "/api/v1/kernel/";

    final TestKernel kernel;

    Company(TestKernel kernel) {
        this.kernel = kernel;
    }

    /** Invites somebody, lets the person accept, and returns a browser that is signed in. */
    Browser person(String email, String... roles) {
        join(email, roles);
        Browser browser = new Browser(kernel);
        assertThat(browser.signIn(email, PASSWORD).status()).isEqualTo(201);
        return browser;
    }

    /** Invites somebody and lets the person accept; returns the id. */
    String join(String email, String... roles) {
        TestResponse accepted = accept(invite(email, roles).body().path("token").asString(), PASSWORD);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        return accepted.body().path("userId").asString();
    }

    TestResponse invite(String email, String... roles) {
        String list = Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(","));
        return kernel.post(API + "invitations", "{\"email\":\"%s\",\"roles\":[%s]}".formatted(email, list));
    }

    TestResponse accept(String token, String password) {
        return open("POST", "invitations/accept", "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
    }

    /** Sends without any credentials. */
    TestResponse open(String method, String path, String json) {
        return kernel.send(HttpRequest.newBuilder(kernel.url().resolve(API + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .build());
    }

    /** Sends with a key or token. */
    TestResponse bearer(String credential, String method, String path, String json) {
        return kernel.send(HttpRequest.newBuilder(kernel.url().resolve(API + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + credential)
                .build());
    }

    /** Sends with the administrator's key. */
    TestResponse admin(String method, String path, String json) {
        return bearer(kernel.adminKey(), method, path, json);
    }
}
