package dev.mortise.sandbox.worker.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.sandbox.frame.Message;
import dev.mortise.sandbox.worker.testkit.ScriptCall;
import dev.mortise.sandbox.worker.testkit.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker for Python says to a call. */
@Tag("X2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerIT {
    private static final Duration WALL = Duration.ofSeconds(30);

    private final WorkerProcess worker = WorkerProcess.start(Kit.folder());

    @AfterAll
    void end() {
        worker.close();
    }

    @Test
    void itHasLockedAndLimitedItselfBeforeItCanBeCalled() {
        assertThat(worker.ready())
                .isEqualTo(new Message.Ready(true, true, worker.ready().engine()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    def main(i): return {'n': i['n'] + 1}                  | {"n":4}
                    async def main(i): return i['n']                       | 3
                    input['n'] * 2                                         | 6
                    result = [input['n'], None]                            | [3,null]
                    host.state.get('k', 1)                                 | ["k",1]
                    fetch('u')                                             | ["u"]
                    import datetime, re; [str(datetime.date(2026, 1, 2)), re.sub('a', 'b', 'aa')] | ["2026-01-02","bb"]
                    raise ValueError('no')                                 | THROWN 1:1 ValueError: no
                    host.nothing.there(1)                                  | HOST_DENIED 1:1 HostError: host.nothing.there is not granted to this script
                    {1, 2}                                                 | NOT_JSON 0:0 The result is not JSON: TypeError: Object of type set is not JSON serializable
                    """)
    void aScriptEndsSo(String script, String said) {
        assertThat(worker.call(ScriptCall.of(script)
                                .withInput("{\"n\":3}")
                                .withLimits(10_000, 2_000, 10_000, 1_000)
                                .granted(call -> new Message.HostReply(true, call.arguments()), "state.get", "fetch")
                                .withWall(WALL))
                        .text())
                .isEqualTo(said);
    }

    @Test
    void whatIsPrintedIsTheLog() {
        assertThat(worker.call(ScriptCall.of("print('ü', [1])").withWall(WALL)).log())
                .isEqualTo("ü [1]\n");
    }
}
