package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("K4")
class MapperTypesTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    @Test
    void aMapperThatManyAskForAtOnceHasItsStatementsForAllOfThem() throws Exception {
        String statement = TenantMapper.class.getName() + ".active";
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                MapperTypes types = new MapperTypes(new PGSimpleDataSource(), JsonMapper.shared());
                CyclicBarrier start = new CyclicBarrier(THREADS);
                Callable<Boolean> ask = () -> {
                    start.await();
                    types.know(TenantMapper.class);
                    return types.configuration().hasStatement(statement, false);
                };
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    answers.add(threads.submit(ask));
                }
                for (Future<Boolean> answer : answers) {
                    assertThat(answer.get()).as("round %d", round).isTrue();
                }
            }
        }
    }
}
