package dev.mortise.automatrix.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("W7")
final class ExpressionsTest {
    private static final Expressions EXPRESSIONS = new Expressions();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Scope SCOPE = new Scope(
            JSON.readTree("{'n':7,'x':2.5,'s':'hi','nul':null,'yes':true,'l':[1,2,3],'m':{'a':{'b':'deep'}}}"
                    .replace('\'', '"')),
            Map.of("hand-over", JSON.readTree("{\"reason\":\"unsure\"}"), "ran", JSON.readTree("[1]")),
            JSON.readTree("{\"id\":\"r1\"}"));

    private static JsonNode evaluate(String source) {
        try {
            return EXPRESSIONS.compile(source).evaluate(SCOPE);
        } catch (FlawedExpressionException flawed) {
            throw new AssertionError(source, flawed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input.m.a.b | \"deep\"",
                "input.l[1] | 2",
                "steps['hand-over'].reason | \"unsure\"",
                "steps.ran[0] | 1",
                "run.id | \"r1\"",
                "input.nul | null",
                "input.n + 1 | 8",
                "input.x * 2.0 | 5.0",
                "input.n > 6.5 | true",
                "has(input.zz) | false",
                "has(steps.skipped) | false",
                "has(steps.ran) && steps.ran[0] == 1 | true",
                "steps.?skipped.?vin.orValue(null) | null",
                "input.s.upperAscii() + \"!\" | \"HI!\"",
                "{'a': [1, 2.5, null, true], 'b': input.m} | {\"a\":[1,2.5,null,true],\"b\":{\"a\":{\"b\":\"deep\"}}}",
                "input.l.map(i, i * 2) | [2,4,6]",
                "input.l.exists(i, i == 3) ? 'three' : 'none' | \"three\"",
            })
    void anExpressionGivesItsValue(String source, String json) {
        assertThat(evaluate(source)).hasToString(JSON.readTree(json).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9007199254740993",
                "9223372036854775807",
                "-9223372036854775808",
                "18446744073709551615",
                "0.1",
                "-1.5e300",
                "5e-324",
                "1.0",
                "\"\"",
                "\"\\u0000 \\uD83D\\uDE00 \\\" \"",
                "null",
                "true",
                "false",
                "[]",
                "{}",
                "[[],{\"a\":[null,{\"b\":1.0}]}]",
                "{\"z\":1,\"a\":2,\"\":3}"
            })
    void aValueGoesThroughCelAndBackUnchanged(String json) {
        JsonNode value = JSON.readTree(json);

        JsonNode back = CelValues.toJson(CelValues.toCel(value));

        assertThat(back).hasToString(value.toString());
    }

    @Test
    void aValueThatCelCopiedComesBackUnchanged() {
        JsonNode value = JSON.readTree(
                "{\"v\":[{\"i\":9007199254740993,\"d\":0.1,\"n\":null,\"s\":\"ä\"},18446744073709551615]}");

        JsonNode back = evaluateOn("input.v.map(x, x)", value);

        assertThat(back).hasToString(value.get("v").toString());
    }

    private static JsonNode evaluateOn(String source, JsonNode input) {
        try {
            return EXPRESSIONS.compile(source).evaluate(new Scope(input, Map.of(), input));
        } catch (FlawedExpressionException flawed) {
            throw new AssertionError(source, flawed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input.zz | 6 | no field zz",
                "input.m.a.zz.y | 10 | no field zz",
                "input.l[9] | 8 | no element 9",
                "input.s.x | 8 | not an object",
                "steps.skipped.vin | 6 | was skipped",
                "input.n + input.s | 8 | No matching overload",
                "input.zz + 1 | 5 | not present",
                "input.n / 0 | 8 | by zero",
                "steps.?skipped | 0 | absent",
            })
    void aFailureNamesThePlaceInTheExpression(String source, int offset, String reason) throws Exception {
        Expression expression = EXPRESSIONS.compile(source);

        EvaluationException failure = catchThrowableOfType(EvaluationException.class, () -> expression.evaluate(SCOPE));

        assertThat(failure).hasMessageContaining(reason).hasMessageContaining(source);
        assertThat(failure.offset()).isEqualTo(offset);
    }

    @Test
    void plainPathsDoWithoutCel() throws Exception {
        assertThat(EXPRESSIONS.compile("steps.extract.phones[0]")).isInstanceOf(PathExpression.class);
        assertThat(EXPRESSIONS.compile("steps['hand-over'].reason")).isInstanceOf(PathExpression.class);
        assertThat(EXPRESSIONS.compile("steps.a == 1")).isInstanceOf(CelExpression.class);
        assertThat(EXPRESSIONS.compile("steps")).isInstanceOf(CelExpression.class);
    }

    @Test
    void referencesToStepsAreFound() throws Exception {
        assertThat(EXPRESSIONS
                        .compile("has(steps.a) && steps['b-c'].x == steps.d.y")
                        .stepReferences())
                .extracting(StepReference::stepId)
                .containsExactlyInAnyOrder("a", "b-c", "d");
    }

    @Test
    void aTextIsSplitAtItsExpressions() throws Exception {
        assertThat(TextParts.split("a ${ {'x': \"}\"}.x } b$${c}"))
                .extracting(TextParts.Part::text)
                .containsExactly("a ", " {'x': \"}\"}.x ", " b${c}");
    }

    @Test
    void anEndlessComputationIsRefused() throws Exception {
        Expression nested =
                EXPRESSIONS.compile("input.l.all(a, input.l.all(b, input.l.all(c, input.l.all(d, d >= 0))))");
        JsonNode large = JSON.createObjectNode().set("l", JSON.valueToTree(new int[1000]));

        assertThatThrownBy(() -> nested.evaluate(new Scope(large, Map.of(), large)))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("100000");
    }
}
