package dev.mortise.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ChatMessage;
import dev.mortise.api.model.ChatModel;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelProvider;
import dev.mortise.api.model.ModelProviderContract;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.kernel.trace.TraceRoom;
import dev.mortise.openai.settings.EmbeddingModelSettings;
import dev.mortise.openai.settings.OpenAiSettings;
import dev.mortise.openai.settings.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider against a server that speaks the documented format, and against all the ways in which one can fail. */
@Tag("R2")
final class OpenAiProviderTest extends ModelProviderContract {
    private static final String KEY = "sk-very-secret-0123456789";

    private final VendorServer vendor = new VendorServer();
    private final HttpClient client = OpenAiPlugin.newClient();
    private final OpenAiProvider provider = providerOf(vendor.baseUrl(), Duration.ofSeconds(20));

    private OpenAiProvider providerOf(URI baseUrl, Duration timeout) {
        ServerSettings server = new ServerSettings(
                "main",
                baseUrl,
                KEY,
                List.of("gpt"),
                List.of(new EmbeddingModelSettings("vectors", 8)),
                timeout,
                Map.of("X-Project", "hidden-project"),
                false);
        return new OpenAiProvider(OpenAiPlugin.modelsOf(
                new OpenAiSettings(List.of(server)),
                client,
                new JsonMapper(),
                TraceRoom.off().tracing("openai")));
    }

    @AfterEach
    void close() {
        vendor.close();
        client.shutdownNow();
        client.close();
    }

    @Override
    protected ModelProvider provider() {
        return provider;
    }

    @Override
    protected Model unreachableModel() {
        return chatModel(providerOf(URI.create("http://127.0.0.1:" + freePort() + "/v1"), Duration.ofSeconds(5)));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ChatModel chatModel(ModelProvider provider) {
        return (ChatModel) provider.models().getFirst();
    }

    private ChatReply chat() {
        return chatModel(provider).chat(ChatRequest.of(ChatMessage.user("Hello")));
    }

    private EmbeddingReply embed(List<String> texts) {
        return ((EmbeddingModel) provider.models().getLast()).embed(EmbeddingRequest.of(texts));
    }

    @Test
    void aChatIsSentAsDocumented() {
        ChatReply reply = chatModel(provider)
                .chat(new ChatRequest(
                        Optional.empty(),
                        List.of(ChatMessage.system("Be short"), ChatMessage.user("Hello")),
                        OptionalDouble.of(0.5),
                        OptionalInt.of(7)));
        assertThat(reply).isEqualTo(new ChatReply("gpt-2026", "Hello", ChatReply.Finish.STOP, new TokenUsage(9, 3)));
        VendorServer.Received request = vendor.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.authorization()).isEqualTo("Bearer " + KEY);
        JsonNode expected = new JsonMapper().readTree("""
                        {"model": "gpt", "messages": [{"role": "system", "content": "Be short"},
                         {"role": "user", "content": "Hello"}], "temperature": 0.5, "max_completion_tokens": 7}""");
        assertThat(request.body()).isEqualTo(expected);
    }

    @Test
    void longListsGoInSeveralRequestsAndKeepTheirOrder() {
        List<String> texts =
                IntStream.range(0, 600).mapToObj(number -> "text " + number).toList();
        EmbeddingReply all = embed(texts);
        assertThat(vendor.received()).hasSize(3);
        assertThat(all.embeddings()).hasSize(600);
        assertThat(all.embeddings().get(599))
                .isEqualTo(embed(List.of("text 599")).embeddings().getFirst());
        assertThat(all.usage().inputTokens()).isEqualTo(15);
    }

    @Test
    void vectorsAreOrderedByTheirIndexNotByTheirPlace() {
        vendor.answerBy(200, """
                {"data": [{"index": 1, "embedding": [0,0,0,0,0,0,0,2]}, {"index": 0, "embedding": [3,0,0,0,0,0,0,0]}]}""");
        assertThat(embed(List.of("a", "b")).embeddings().getFirst().toArray()[0])
                .isEqualTo(1f);
    }

    @Test
    void refusedCredentialsAreNamedWithoutTheVendorsMessage() {
        vendor.answerBy(401, "{\"error\":{\"message\":\"Incorrect API key provided: sk-very****6789\"}}");
        fails(ModelError.CREDENTIALS_REFUSED).hasMessageContaining("main").hasMessageNotContaining("sk-very");
    }

    @Test
    void anUnknownModelIsNamed() {
        vendor.answerBy(
                404, "{\"error\":{\"message\":\"The model `gpt` does not exist\",\"code\":\"model_not_found\"}}");
        fails(ModelError.NOT_FOUND).hasMessageContaining("\"gpt\"").hasMessageContaining("does not exist");
    }

    @Test
    void aLimitedRateSaysHowLongToWait() {
        vendor.answerBy(429, "{\"error\":{\"message\":\"Rate limit reached\"}}", "Retry-After", "17");
        fails(ModelError.LIMITED).hasMessageContaining("wait 17 seconds").hasMessageContaining("Rate limit reached");
    }

    @Test
    void anExhaustedQuotaIsToldFromARate() {
        vendor.answerBy(429, "{\"error\":{\"message\":\"Pay\",\"code\":\"insufficient_quota\"}}");
        fails(ModelError.LIMITED).hasMessageContaining("quota is used up");
    }

    @Test
    void aTextThatIsTooLongIsRefusedByThatName() {
        vendor.answerBy(
                400, "{\"error\":{\"message\":\"maximum context length\",\"code\":\"context_length_exceeded\"}}");
        fails(ModelError.REQUEST_REFUSED).hasMessageContaining("too long");
    }

    @Test
    void aFaultOfTheServerIsTransient() {
        vendor.answerBy(503, "<html>Bad gateway</html>");
        fails(ModelError.UNAVAILABLE).hasMessageContaining("503").hasMessageNotContaining("html");
    }

    @Test
    void aRedirectIsNotFollowed() {
        vendor.answerBy(307, "", "Location", "http://127.0.0.1:1/elsewhere");
        fails(ModelError.UNAVAILABLE).hasMessageContaining("http://127.0.0.1:1/elsewhere");
        assertThat(vendor.received()).hasSize(1);
    }

    @Test
    void malformedRepliesAreNamed() {
        for (String reply : List.of("{\"choices\": [", "[]", "", "hello", "{}", "{\"choices\":[]}")) {
            vendor.answerBy(200, reply);
            fails(ModelError.REPLY_INVALID);
        }
    }

    @Test
    void malformedVectorsAreNamed() {
        for (String data : List.of(
                "[]",
                "[{\"index\":0}]",
                "[{\"index\":5,\"embedding\":[1,0,0,0,0,0,0,0]}]",
                "[{\"index\":0,\"embedding\":[0,0,0,0,0,0,0,0]}]",
                "[{\"index\":0,\"embedding\":[\"x\",0,0,0,0,0,0,0]}]",
                "[{\"index\":0,\"embedding\":[1,0]}]")) {
            vendor.answerBy(200, "{\"data\":" + data + "}");
            assertThatThrownBy(() -> embed(List.of("text")))
                    .as(data)
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            failure -> assertThat(failure.errorCode()).isEqualTo(ModelError.REPLY_INVALID));
        }
    }

    @Test
    void aTruncatedReplyIsABrokenExchange() {
        vendor.answerBy((exchange, body) -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            throw new IOException("breaks off");
        });
        fails(ModelError.UNAVAILABLE).hasMessageContaining("broke off");
    }

    @Test
    void aReplyThatNeverEndsTimesOut() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        vendor.answerBy((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ChatModel impatient = chatModel(providerOf(vendor.baseUrl(), Duration.ofSeconds(1)));
        assertThatThrownBy(() -> impatient.chat(ChatRequest.of(ChatMessage.user("Hello"))))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo(ModelError.TIMEOUT));
        over.countDown();
    }

    @Test
    void aHugeReplyIsNotTakenIn() {
        vendor.answerBy((exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 200; i++) {
                    out.write(spaces);
                }
            }
        });
        fails(ModelError.REPLY_INVALID).hasMessageContaining("larger");
    }

    @Test
    void whateverTheServerRepeatsOfOurSecretsIsStruckOut() {
        vendor.answerBy(500, "{\"error\":{\"message\":\"bad " + KEY + " for hidden-project\\u001b[31m\"}}");
        fails(ModelError.UNAVAILABLE)
                .hasMessageContaining("bad *** for ***")
                .hasMessageNotContaining(KEY)
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void aRefusalOfTheModelIsItsAnswer() {
        vendor.answerBy(200, "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"}}]}");
        assertThat(chat().content()).isEqualTo("No.");
        assertThat(chat().finish()).isEqualTo(ChatReply.Finish.FILTERED);
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> fails(ModelError error) {
        return assertThatThrownBy(this::chat).isInstanceOfSatisfying(MortiseException.class, failure -> {
            assertThat(failure.errorCode()).isEqualTo(error);
            assertThat(failure.describe()).doesNotContain(KEY).doesNotContain("hidden-project");
        });
    }
}
