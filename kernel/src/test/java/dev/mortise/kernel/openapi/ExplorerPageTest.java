package dev.mortise.kernel.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D1")
class ExplorerPageTest {
    private static TestKernel kernel;

    @BeforeAll
    static void startKernel() {
        kernel = TestKernel.start();
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }

    private static HttpResponse<String> asStranger(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(kernel.url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aStrangerGetsThePageUnderAStrictPolicy() throws Exception {
        HttpResponse<String> page = asStranger("/api/explorer");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(page.body())
                .as("scripts and styles inside of the markup, which the policy forbids, or of other origins")
                .doesNotContain("<style", " style=", " onclick", "http://", "https://");
    }

    @Test
    void itsFilesAreServedAndNoOthers() throws Exception {
        for (String file : new String[] {"explorer.js", "explorer.css"}) {
            HttpResponse<String> answer = asStranger("/api/explorer/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("http://", "https://", "innerHTML", "eval(");
        }
        assertThat(asStranger("/api/explorer/frame.json").statusCode()).isEqualTo(401);
    }

    @Test
    void itIsReadAlone() {
        assertThat(kernel.post("/api/explorer", "{}").status()).isEqualTo(405);
    }
}
