package dev.mortise.sandbox.worker.js;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.sandbox.frame.FrameWriter;
import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.testkit.End;
import dev.mortise.sandbox.worker.testkit.ScriptCall;
import dev.mortise.sandbox.worker.testkit.WorkerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker says to a call. */
@Tag("X2")
class WorkerIT {
    private static final String ECHO = "function main(input) { return input; }";

    private final WorkerProcess worker = WorkerProcess.start(Kit.folder());

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void itHasLockedAndLimitedItselfBeforeItCanBeCalled() {
        assertThat(worker.ready())
                .isEqualTo(new Message.Ready(true, true, worker.ready().engine()));
        assertThat(worker.ready().engine()).startsWith("GraalJS 25.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    function main(input) { return input.n + 1; }           | 4
                    const main = (input) => [input.n];                     | [3]
                    async function main(input) { return await input.n; }   | 3
                    input.n * 2                                            | 6
                    (async () => input.n)()                                | 3
                    const host = 'a name of my own'; host                  | "a name of my own"
                    undefined                                              | null
                    NaN                                                    | null
                    ({ a: undefined, b: () => 1, c: new Date(0) })         | {"c":"1970-01-01T00:00:00.000Z"}
                    'ü€😀'                                                 | "ü€😀"
                    """)
    void aScriptReturnsWhatItsFunctionOrItsLastExpressionIs(String script, String json) {
        assertThat(worker.call(ScriptCall.of(script).withInput("{\"n\":3}")).text())
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    throw new TypeError('no')               | THROWN 1:7 TypeError: no
                    let a; a.b                              | THROWN 1:8 TypeError: Cannot read property 'b' of undefined
                    function main( {                        | SYNTAX 1:17 SyntaxError: Expected ident but found eof
                    host.fetch('http://x')                  | HOST_DENIED 1:1 Error: host.fetch is not granted to this script
                    ({ a: [1n] })                           | NOT_JSON 0:0 The result.a[0] is a BigInt
                    while (true) {}                         | CPU 1:1 The script takes more time on a processor than it may
                    function f() { return f(); } f()        | STACK 1:1 The script calls deeper than it may
                    new Promise(() => {})                   | UNSETTLED 0:0 The result is a promise that nothing settles any more
                    """)
    void aFailureSaysItsKindItsPlaceInTheAuthorsTextAndWhy(String script, String said) {
        assertThat(worker.call(ScriptCall.of(script).withLimits(300, 2_000, 100, 100))
                        .text())
                .isEqualTo(said);
    }

    @Test
    void aPlaceInALaterLineIsTheInnermostOne() {
        End end =
                worker.call(ScriptCall.of("function main() {\n  return inner();\n}\nfunction inner() {\n  null.x;\n}"));

        assertThat(end.text()).startsWith("THROWN 5:");
    }

    @Test
    void aResultOfTheLargestSizeReturnsAndOneOfAByteMoreDoesNot() {
        assertThat(worker.call(ScriptCall.of("'ü'.repeat(49)").withLimits(1_000, 100, 100, 0))
                        .kind())
                .isEqualTo("OK");
        assertThat(worker.call(ScriptCall.of("'ü'.repeat(49) + 'x'").withLimits(1_000, 100, 100, 0))
                        .kind())
                .isEqualTo("OUTPUT");
    }

    @Test
    void asManyCallsWithinCallsAsAllowedReturnAndMoreDoNot() {
        String deep = "function f(n) { return n === 0 ? 0 : 1 + f(n - 1); } f(input)";

        assertThat(worker.call(ScriptCall.of(deep).withInput("1900")).text()).isEqualTo("1900");
        assertThat(worker.call(ScriptCall.of(deep).withInput("2100")).kind()).isEqualTo("STACK");
    }

    @Test
    void theLogIsKeptUpToItsSizeAndSaysThatItIsCut() {
        End whole = worker.call(
                ScriptCall.of("console.log('ü', { a: 1 }, [2n.toString()]); console.error(new Error('x'))"));
        End cut = worker.call(
                ScriptCall.of("console.log('12345'); console.log('öö')").withLimits(1_000, 100, 100, 9));

        assertThat(whole.log()).isEqualTo("ü {\"a\":1} [\"2\"]\nError: x\n");
        assertThat(cut.log()).isEqualTo("12345\nö\n[The log is cut here: it has more than 9 bytes]\n");
    }

    @Test
    void aScriptAsksTheServerAndGoesOnWithTheAnswer() {
        End end = worker.call(
                ScriptCall.of("async function main() { return [host.state.get('k', 1), await fetch('u')]; }")
                        .granted(call -> new Message.HostReply(true, call.arguments()), "state.get", "fetch"));

        assertThat(end.text()).isEqualTo("[[\"k\",1],[\"u\"]]");
    }

    @Test
    void aRefusalCanBeCaughtAndIsDeniedWhenItIsNot() {
        String script = "try { host.state.get('k') } catch (e) { e.code + ': ' + e.message }";
        ScriptCall caught =
                ScriptCall.of(script).granted(_ -> new Message.HostReply(false, "state.full It is full"), "state.get");
        ScriptCall uncaught = ScriptCall.of("host.state.get('k')")
                .granted(_ -> new Message.HostReply(false, "state.full It is full"), "state.get");

        assertThat(worker.call(caught).text()).isEqualTo("\"state.full: It is full\"");
        assertThat(worker.call(uncaught).text()).isEqualTo("HOST_DENIED 1:1 Error: It is full");
    }

    @Test
    void aFreshCallSeesNothingOfAnotherOne() {
        worker.call(ScriptCall.of("globalThis.left = 1; Array.prototype.left = 2; var main = () => 1;"));

        assertThat(worker.call(ScriptCall.of("[typeof left, [].left === undefined]"))
                        .text())
                .isEqualTo("[\"undefined\",true]");
    }

    @Test
    void aWarmCallKeepsTheTopLevelOfTheSameScriptOnly() {
        ScriptCall counter =
                ScriptCall.of("let n = 0; function main() { return ++n; }").warm();
        assertThat(worker.call(counter).text()).isEqualTo("1");
        assertThat(worker.call(counter).text()).isEqualTo("2");

        assertThat(worker.call(ScriptCall.of("typeof n").warm()).text()).isEqualTo("\"undefined\"");
        assertThat(worker.call(counter).text()).isEqualTo("1");
    }

    @Test
    void eachWarmCallHasItsOwnTime() {
        ScriptCall slow = ScriptCall.of(
                        "function main() { for (const end = Date.now() + 60; Date.now() < end;) {} return 1; }")
                .withLimits(300, 100, 100, 100)
                .warm();

        for (int i = 0; i < 10; i++) {
            assertThat(worker.call(slow).text()).isEqualTo("1");
        }
    }

    @Test
    void outOfMemoryEndsTheWorker() {
        End end = worker.call(ScriptCall.of("new Uint8Array(1024 * 1024 * 1024).fill(1).length"));

        assertThat(end.kind()).isEqualTo("MEMORY");
        assertThat(end.alive()).isFalse();
    }

    @Test
    void whatIsFirstUsedBehindTheLockIsThere() {
        String script = """
                [new Intl.DateTimeFormat('sv', { dateStyle: 'full', timeStyle: 'long', timeZone: 'Asia/Tokyo' }).format(0),
                  new Intl.NumberFormat('ja', { style: 'currency', currency: 'JPY' }).format(1234), 'ß'.localeCompare('ss', 'de'),
                  new Intl.PluralRules('ar').select(3), new Intl.DisplayNames('fr', { type: 'region' }).of('DE'),
                  [...new Intl.Segmenter('th', { granularity: 'word' }).segment('สวัสดีชาวโลก')].length, Math.random() < 1,
                  new Date(0).toString(), /\\p{Script=Greek}/u.test('α'), 'ﬁ'.normalize('NFKC'), 2n ** 1000n > 1]
                """;

        assertThat(worker.call(ScriptCall.of(script).withLimits(5_000, 2_000, 10_000, 0))
                        .kind())
                .isEqualTo("OK");
    }

    @Test
    void whenTheServerGoesTheWorkerGoesWithinASecondEvenInALoop() throws Exception {
        worker.in().write(frameOf(ScriptCall.of("while (true) {}").withLimits(30_000, 100, 100, 100)));
        worker.in().flush();
        worker.in().close();

        assertThat(worker.process().waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsNotAFrameEndsTheWorker() throws Exception {
        worker.in().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        worker.in().flush();

        assertThat(worker.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.process().exitValue()).isEqualTo(70);
    }

    @Test
    void anotherProgramsWordsNeverReachTheFrames() throws IOException {
        assertThat(worker.exchange(ScriptCall.of(ECHO).message(), Duration.ofSeconds(8)))
                .isInstanceOf(Message.Returned.class);
        assertThat(worker.errors()).isEmpty();
    }

    private static byte[] frameOf(ScriptCall call) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameWriter(bytes).write(call.message());
        return bytes.toByteArray();
    }
}
