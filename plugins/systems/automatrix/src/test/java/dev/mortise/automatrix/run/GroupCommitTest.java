package dev.mortise.automatrix.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W1")
final class GroupCommitTest {
    private final List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());

    private List<Integer> commit(List<Integer> requests) {
        commits.add(List.copyOf(requests));
        if (requests.contains(-1)) {
            throw new IllegalArgumentException("spoilt");
        }
        return requests.stream().map(request -> request * 10).toList();
    }

    @Test
    void aCallerAloneCommitsAtOnce() {
        GroupCommit<Integer, Integer> group = new GroupCommit<>(request -> 1, this::commit);

        assertThat(group.submit(4)).isEqualTo(40);
        assertThat(commits).containsExactly(List.of(4));
    }

    @Test
    void everyCallerGetsItsOwnAnswer() throws Exception {
        GroupCommit<Integer, Integer> group = new GroupCommit<>(request -> 1, this::commit);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request = 0; request < 5_000; request++) {
                int own = request;
                answers.add(callers.submit(() -> group.submit(own)));
            }
        }

        for (int request = 0; request < 5_000; request++) {
            assertThat(answers.get(request).get()).isEqualTo(request * 10);
        }
        assertThat(commits.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void callersThatComeDuringACommitShareTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<Integer, Integer> group = new GroupCommit<>(request -> 1, requests -> {
            begun.countDown();
            awaitQuietly(go);
            return commit(requests);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = callers.submit(() -> group.submit(0));
            begun.await();
            List<Thread> others = IntStream.range(1, 6)
                    .mapToObj(request -> Thread.ofVirtual().start(() -> group.submit(request)))
                    .toList();
            for (Thread other : others) {
                while (other.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            go.countDown();
            first.get();
            for (Thread other : others) {
                other.join();
            }
        }

        assertThat(commits).hasSize(2);
        assertThat(commits.getLast()).hasSize(5);
    }

    @Test
    void aRequestThatSpoilsACommitFailsAlone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupCommit<Integer, Integer> group = new GroupCommit<>(request -> 1, requests -> {
            begun.countDown();
            awaitQuietly(go);
            return commit(requests);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = callers.submit(() -> group.submit(0));
            begun.await();
            Future<Integer> bad = callers.submit(() -> group.submit(-1));
            Future<Integer> good = callers.submit(() -> group.submit(7));
            go.countDown();

            assertThat(first.get()).isZero();
            assertThat(good.get()).isEqualTo(70);
            assertThatThrownBy(bad::get).hasRootCauseMessage("spoilt");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
