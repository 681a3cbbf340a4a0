package dev.mortise.kernel.setting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("K4")
class MergePatchTest {
    private final JsonMapper json = JsonMapper.shared();

    /** RFC 7396, appendix A, as far as both sides are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"}             | {\"a\":\"c\"}                  | {\"a\":\"c\"}",
                "{\"a\":\"b\"}             | {\"b\":\"c\"}                  | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}             | {\"a\":null}                   | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null}                   | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]}           | {\"a\":\"c\"}                  | {\"a\":\"c\"}",
                "{\"a\":\"c\"}             | {\"a\":[\"b\"]}                | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}     | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]}   | {\"a\":[1]}                    | {\"a\":[1]}",
                "{\"e\":null}              | {\"a\":1}                      | {\"e\":null,\"a\":1}",
                "{}                        | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
            })
    void theExamplesOfTheStandardHold(String target, String patch, String result) {
        ObjectNode before = (ObjectNode) json.readTree(target);

        assertThat(MergePatch.apply(before, (ObjectNode) json.readTree(patch))).isEqualTo(json.readTree(result));
        assertThat(before).isEqualTo(json.readTree(target));
    }
}
