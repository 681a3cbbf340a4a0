package dev.mortise.automatrix.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.automatrix.expression.Expressions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("W1")
@Tag("W4")
final class DefinitionReaderTest {
    private static final Set<String> NODES = Set.of("text.upper", "text.lower", "automotive.classify");
    private static final DefinitionReader READER = new DefinitionReader(new Expressions());

    private static Workflow read(String source) {
        return READER.read(source, NODES);
    }

    private static List<Problem> problems(String source) {
        DefinitionException failure = catchThrowableOfType(DefinitionException.class, () -> read(source));
        assertThat(failure).as("a definition that must be refused").isNotNull();
        return failure.problems();
    }

    @Test
    void aWorkflowIsReadAsItIsWritten() {
        Workflow workflow = read("""
                name: greet
                title: Greets
                steps:
                  - id: up
                    node: text.upper
                    with: { text: "${input.text}", times: 3 }
                    retry: { attempts: 2, backoff: PT0.1S, max: PT1S }
                  - id: sure
                    decide:
                      - when: steps.up.long
                        goto: end
                      - else: down
                  - id: down
                    node: text.lower
                    with: { text: "<${input.text}>" }
                    next: end
                output: ${steps.up}
                """);

        assertThat(workflow.name()).isEqualTo("greet");
        assertThat(workflow.title()).isEqualTo("Greets");
        assertThat(workflow.start()).isEqualTo("up");
        assertThat(workflow.steps().keySet()).containsExactly("up", "sure", "down");
        assertThat(workflow.step("up")).isInstanceOfSatisfying(Step.Call.class, up -> {
            assertThat(up.next()).isEqualTo("sure");
            assertThat(up.retry().attempts()).isEqualTo(2);
        });
        assertThat(workflow.step("sure").targets()).containsExactly("end", "down");
        assertThat(workflow.output()).isNotNull();
    }

    @Test
    void backwardStepsAreAllowedWhereACallLiesBetween() {
        assertThat(read("""
                name: loop
                steps:
                  - {id: a, node: text.upper}
                  - id: again
                    decide: [{when: steps.a.more, goto: a}, {else: end}]
                """).steps()).hasSize(2);
    }

    @Test
    void everyProblemIsReportedAtOnceInOrderOfPlace() {
        List<Problem> problems = problems("""
                name: Bad Name
                stepps: []
                steps:
                  - {id: a, node: text.uper}
                  - {id: a, node: text.upper, next: nowhere}
                """);

        assertThat(problems).extracting(Problem::line).containsExactly(1, 2, 4, 5);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("an empty source", "", 1, 1, "", "mapping with name and steps", "Begin with"),
                flaw("broken YAML", "name: x\nsteps: [", 2, 9, "", "not YAML", "Check indentation"),
                flaw(
                        "a misspelt key",
                        "name: x\ntitel: y\nsteps: [{id: a, node: text.upper}]",
                        2,
                        1,
                        "titel",
                        "Unknown key",
                        "Did you mean title?"),
                flaw(
                        "a key given twice",
                        "name: x\nname: y\nsteps: [{id: a, node: text.upper}]",
                        2,
                        1,
                        "name",
                        "there twice",
                        "Remove one"),
                flaw("no name", "steps: [{id: a, node: text.upper}]", 1, 1, "", "key name is missing", "Add"),
                flaw("no steps", "name: x", 1, 1, "", "key steps is missing", "at least one step"),
                flaw("an empty list of steps", "name: x\nsteps: []", 2, 8, "steps", "empty", "at least one step"),
                flaw(
                        "a name with a space",
                        "name: a b\nsteps: [{id: a, node: text.upper}]",
                        1,
                        7,
                        "name",
                        "no name",
                        "lower-case"),
                flaw(
                        "a misspelt node",
                        "name: x\nsteps: [{id: a, node: text.uper}]",
                        2,
                        23,
                        "steps[0].node",
                        "text.uper",
                        "Did you mean text.upper?"),
                flaw(
                        "an unknown node",
                        "name: x\nsteps: [{id: a, node: mail.send}]",
                        2,
                        23,
                        "steps[0].node",
                        "No running plugin",
                        "Install the plugin"),
                flaw("a step without an id", "name: x\nsteps: [{node: text.upper}]", 2, 9, "steps[0]", "no id", "Add"),
                flaw(
                        "a step called end",
                        "name: x\nsteps: [{id: end, node: text.upper}]",
                        2,
                        14,
                        "steps[0].id",
                        "reserved",
                        "another id"),
                flaw(
                        "an id given twice",
                        "name: x\nsteps:\n- {id: a, node: text.upper}\n- {id: a, node: text.upper}",
                        4,
                        8,
                        "steps[1].id",
                        "taken",
                        "its own"),
                flaw(
                        "a goto to nowhere",
                        "name: x\nsteps:\n- {id: first, node: text.upper, next: frist}",
                        3,
                        39,
                        "steps[0].next",
                        "no step frist",
                        "Did you mean first?"),
                flaw(
                        "a start at nowhere",
                        "name: x\nstart: b\nsteps: [{id: a, node: text.upper}]",
                        2,
                        8,
                        "start",
                        "no step b",
                        "Did you mean a?"),
                flaw(
                        "a step that nothing leads to",
                        "name: x\nsteps:\n- {id: a, node: text.upper, next: end}\n- {id: b, node: text.upper}",
                        4,
                        3,
                        "steps.b",
                        "Nothing leads",
                        "Remove it"),
                flaw(
                        "decisions that go round",
                        "name: x\nsteps:\n- {id: a, decide: [{when: input.x, goto: b}, {else: end}]}\n- {id: b, decide: [{else: a}]}",
                        3,
                        3,
                        "steps.a",
                        "without any call between",
                        "Nothing changes"),
                flaw(
                        "a loop without a way out",
                        "name: x\nsteps:\n- {id: a, node: text.upper, next: a}",
                        3,
                        3,
                        "steps.a",
                        "no way leads to the end",
                        "Add a decision"),
                flaw(
                        "a decision without else",
                        "name: x\nsteps:\n- {id: a, decide: [{when: input.x, goto: end}]}",
                        3,
                        20,
                        "steps[0].decide",
                        "no else",
                        "Add"),
                flaw(
                        "a case after else",
                        "name: x\nsteps:\n- {id: a, decide: [{else: end}, {when: input.x, goto: end}]}",
                        3,
                        33,
                        "steps[0].decide[1]",
                        "never taken",
                        "Move else"),
                flaw(
                        "a decision that calls",
                        "name: x\nsteps:\n- {id: a, node: text.upper, decide: [{else: end}]}",
                        3,
                        17,
                        "steps[0].node",
                        "has no node",
                        "two steps"),
                flaw(
                        "a bad CEL expression in a condition",
                        "name: x\nsteps:\n- {id: a, decide: [{when: \"1 + 'a' > 2\", goto: end}, {else: end}]}",
                        3,
                        30,
                        "steps[0].decide[0].when",
                        "no matching overload",
                        "Mend"),
                flaw(
                        "a bad CEL expression inside a text",
                        "name: x\nsteps:\n- {id: a, node: text.upper, with: {t: \"dear ${inpt.a + 1}\"}}",
                        3,
                        47,
                        "steps[0].with.t",
                        "undeclared reference to 'inpt'",
                        "Mend"),
                flaw(
                        "an expression without an end",
                        "name: x\nsteps:\n- {id: a, node: text.upper, with: {t: \"dear ${input.a\"}}",
                        3,
                        45,
                        "steps[0].with.t",
                        "no closing brace",
                        "Close it"),
                flaw(
                        "a step that an expression misspells",
                        "name: x\nsteps:\n- {id: extract, node: text.upper}\n- {id: b, node: text.upper, with: {t: \"${steps.extrat.vin}\"}}",
                        4,
                        48,
                        "steps[1].with.t",
                        "no step extrat",
                        "Did you mean extract?"),
                flaw(
                        "a hyphen that subtracts",
                        "name: x\nsteps:\n- {id: hand-over, node: text.upper}\n- {id: b, node: text.upper, with: {t: \"${steps.hand-over}\"}}",
                        4,
                        53,
                        "steps[1].with.t",
                        "undeclared reference to 'over'",
                        "A hyphen subtracts; write steps['hand-over']"),
                flaw(
                        "too many attempts",
                        "name: x\nsteps:\n- {id: a, node: text.upper, retry: {attempts: 1000}}",
                        3,
                        47,
                        "steps[0].retry.attempts",
                        "no number of attempts",
                        "1 to 100"),
                flaw(
                        "a pause that is no duration",
                        "name: x\nsteps:\n- {id: a, node: text.upper, retry: {backoff: 2s}}",
                        3,
                        46,
                        "steps[0].retry.backoff",
                        "no duration",
                        "ISO 8601"),
                flaw(
                        "an alias",
                        "name: x\nsteps:\n- &s {id: a, node: text.upper}\n- *s",
                        3,
                        3,
                        "",
                        "alias",
                        "Write the value out"),
                flaw(
                        "a value of a strange type",
                        "name: x\nsteps:\n- {id: a, node: text.upper, with: {t: !!binary aGk=}}",
                        3,
                        39,
                        "steps[0].with.t",
                        "tag",
                        "Remove the tag"),
                flaw(
                        "a source that is too long",
                        "name: x\n" + "#".repeat(DefinitionReader.LONGEST_SOURCE),
                        1,
                        1,
                        "",
                        "more than",
                        "Split"));
    }

    private static Arguments flaw(
            String what, String source, int line, int column, String path, String message, String remedy) {
        return Arguments.of(what, source, new Problem(line, column, path, message, remedy));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void aFlawIsReportedWithPlacePathAndRemedy(String what, String source, Problem expected) {
        List<Problem> problems = problems(source);

        assertThat(problems).as(what).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(expected.line());
            assertThat(problem.column()).isEqualTo(expected.column());
            assertThat(problem.path()).isEqualTo(expected.path());
            assertThat(problem.message()).contains(expected.message());
            assertThat(problem.remedy()).contains(expected.remedy());
        });
    }
}
