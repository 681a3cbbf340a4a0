package dev.mortise.api.job;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small handler keeps the contract: the suite itself works. */
class SampleJobHandlerTest extends JobHandlerContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Letter(String to) {}

    private static final class Send implements JobHandler {
        @Override
        public String name() {
            return "sample.send";
        }

        @Override
        public void run(JobRun run) {
            run.progress(1, run.payload(JSON, Letter.class).to());
        }
    }

    /** A run that belongs to no queue. */
    private record LooseRun(UUID id, int attempt, JsonNode payload) implements JobRun {
        @Override
        public <T> T payload(JsonMapper json, Class<T> type) {
            try {
                return json.treeToValue(payload, type);
            } catch (JacksonException e) {
                throw new MortiseException(ApiError.INPUT_INVALID, "No letter", "Send one", e);
            }
        }

        @Override
        public void progress(double part, String text) {
            throw new AssertionError("A payload that cannot be read was worked on");
        }

        @Override
        public <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work) {
            throw new AssertionError("A payload that cannot be read was worked on");
        }
    }

    private final JobHandler handler = new Send();

    @Override
    protected JobHandler handler() {
        return handler;
    }

    @Override
    protected JobRun badRun() {
        return new LooseRun(UUID.randomUUID(), 1, JSON.readTree("[1]"));
    }
}
