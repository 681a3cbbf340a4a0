package dev.mortise.relaycore.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ChatMessage;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.relaycore.RelayError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("R2")
final class WireTest {
    private final JsonMapper json = new JsonMapper();

    private WireBody body(String text) {
        return WireBody.parse(json, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChatIsReadWithItsParameters() {
        ChatRequest request = ChatWire.request(
                body(
                        "{'model':'m','temperature':0.5,'max_tokens':7,'top_p':1,'user':'u',"
                                + "'messages':[{'role':'developer','content':'Be short'},"
                                + "{'role':'user','content':[{'type':'text','text':'Hello '},{'type':'text','text':'there'}]}]}"));
        assertThat(request.model()).hasValue("m");
        assertThat(request.temperature()).hasValue(0.5);
        assertThat(request.maxOutputTokens()).hasValue(7);
        assertThat(request.messages()).containsExactly(ChatMessage.system("Be short"), ChatMessage.user("Hello there"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{'messages':[]}",
                "{'messages':[{'role':'user'}]}",
                "{'messages':[{'role':'tool','content':'x'}]}",
                "{'messages':[{'role':'user','content':'x'}],'temperature':3}",
                "{'messages':[{'role':'user','content':'x'}],'max_tokens':0}",
                "{'messages':[{'role':'user','content':'x'}],'model':''}"
            })
    void aMalformedChatIsRefused(String text) {
        refused(RelayError.PARAMETER_INVALID, () -> ChatWire.request(body(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'stream':true",
                "'tools':[{'type':'function'}]",
                "'n':2",
                "'logprobs':true",
                "'seed':5",
                "'response_format':{'type':'json_object'}"
            })
    void whatIsNotOfferedIsRefusedInsteadOfIgnored(String parameter) {
        refused(
                RelayError.PARAMETER_UNSUPPORTED,
                () -> ChatWire.request(body("{'messages':[{'role':'user','content':'x'}]," + parameter + "}")));
    }

    @Test
    void aChatsReplyIsInOpenAisShape() {
        JsonNode reply = json.valueToTree(ChatWire.reply(
                new ChatReply("m", "Hi", ChatReply.Finish.LENGTH, new TokenUsage(3, 4)), "abc", Instant.EPOCH));
        assertThat(reply.at("/object").asString()).isEqualTo("chat.completion");
        assertThat(reply.at("/choices/0/message/content").asString()).isEqualTo("Hi");
        assertThat(reply.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(reply.at("/usage/total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void embeddingsTakeOneTextOrMany() {
        assertThat(EmbeddingWire.request(body("{'input':'one'}")).texts()).containsExactly("one");
        assertThat(EmbeddingWire.request(body("{'input':['one','']}")).texts()).containsExactly("one", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'input':[]}", "{'input':5}", "{'input':'x','encoding_format':'hex'}"})
    void aMalformedEmbeddingIsRefused(String text) {
        refused(RelayError.PARAMETER_INVALID, () -> {
            EmbeddingWire.request(body(text));
            EmbeddingWire.encoding(body(text));
        });
    }

    @Test
    void tokensInPlaceOfTextsAreRefused() {
        refused(RelayError.PARAMETER_UNSUPPORTED, () -> EmbeddingWire.request(body("{'input':[1,2,3]}")));
    }

    @Test
    void vectorsAreWrittenAsNumbersOrAsBase64() {
        EmbeddingReply reply = new EmbeddingReply("m", List.of(Embedding.of(1f, -2.5f)), new TokenUsage(1, 0));
        JsonNode numbers = json.valueToTree(EmbeddingWire.reply(reply, EmbeddingWire.Encoding.FLOAT));
        assertThat(numbers.at("/data/0/embedding/1").doubleValue()).isEqualTo(-2.5);
        JsonNode encoded = json.valueToTree(EmbeddingWire.reply(reply, EmbeddingWire.Encoding.BASE64));
        // 00 00 80 3F is 1.0 and 00 00 20 C0 is -2.5 in little-endian IEEE 754.
        assertThat(encoded.at("/data/0/embedding").asString()).isEqualTo("AACAPwAAIMA=");
    }

    private static void refused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo(code));
    }
}
