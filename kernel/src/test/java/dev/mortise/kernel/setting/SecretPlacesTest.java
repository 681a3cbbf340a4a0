package dev.mortise.kernel.setting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("K4")
@Timeout(20)
class SecretPlacesTest {
    private final JsonMapper json = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{'x-secret':true}}}                                       | {'a':1,'b':2}         | /a",
                "{'properties':{'a':{'$ref':'#/$defs/s'}},'$defs':{'s':{'x-secret':true}}}     | {'a':1}               | /a",
                "{'properties':{'a':{'items':{'properties':{'k':{'x-secret':true}}}}}}        | {'a':[{'k':1},{}]}    | /a/0/k",
                "{'properties':{'a':{'prefixItems':[{},{'x-secret':true}]}}}                  | {'a':[1,2]}           | /a/1",
                "{'additionalProperties':{'x-secret':true},'properties':{'b':{}}}             | {'a~/':1,'b':2}       | /a~0~1",
                "{'patternProperties':{'^a':{'x-secret':true}}}                               | {'a':1}               | /a",
                "{'anyOf':[{},{'properties':{'a':{'x-secret':true}}}]}                        | {'a':1}               | /a",
                "{'allOf':[{'$ref':'#'},{'$ref':'#'}],'properties':{'a':{'x-secret':true}}}   | {'a':1}               | /a",
                "{'properties':{'a':{'$ref':'#'},'k':{'x-secret':true}}}                      | {'a':{'a':{'k':1}}}   | /a/a/k",
                "{'properties':{'a':{'x-secret':true,'type':'object'}}}                       | {'a':{'b':1,'c':[2]}} | /a/b /a/c/0",
                "{'x-secret':true}                                                            | {'a':1}               | ",
                "{'properties':{'a':{'x-secret':false}}}                                      | {'a':1}               | ",
            })
    void aMarkedValueIsFoundWhereverItsSchemaStands(String schema, String values, String expected) {
        assertThat(SecretPlaces.in((ObjectNode) read(schema), read(values)))
                .map(Object::toString)
                .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(" "));
    }

    private tools.jackson.databind.JsonNode read(String text) {
        return json.readTree(text.replace('\'', '"'));
    }
}
