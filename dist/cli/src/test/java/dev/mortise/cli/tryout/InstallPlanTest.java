package dev.mortise.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InstallPlanTest {
    @Test
    void whatOthersStandOnComesFirstAndTheProfileLast() {
        InstallPlan plan = InstallPlan.of(
                items(
                        "automotive 0.1.0",
                        "automatrix 0.1.0",
                        "zebra 1.0.0",
                        "local-embeddings 0.1.0",
                        "relaycore 0.1.0"),
                items());

        assertThat(plan.steps())
                .extracting(InstallPlan.Step::id)
                .containsExactly("relaycore", "local-embeddings", "automatrix", "zebra", "automotive");
        assertThat(plan.update()).isEmpty();
    }

    @Test
    void theProfileStartsOneVersionBeforeTheNewest() {
        InstallPlan plan = InstallPlan.of(items("automotive 0.10.0", "automotive 0.9.0", "automotive 0.2.0"), items());

        assertThat(plan.steps()).containsExactly(new InstallPlan.Step("automotive", "0.9.0"));
        assertThat(plan.update()).contains(new InstallPlan.Update("automotive", "0.9.0", "0.10.0"));
    }

    @Test
    void otherPluginsComeInTheirNewestVersion() {
        assertThat(InstallPlan.of(items("relaycore 0.9.0", "relaycore 0.10.0"), items())
                        .steps())
                .containsExactly(new InstallPlan.Step("relaycore", "0.10.0"));
    }

    @Test
    void whatIsInstalledAlreadyStaysAsItIs() {
        InstallPlan plan = InstallPlan.of(items("automotive 0.1.0", "automotive 0.1.1"), items("automotive 0.1.0"));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.update()).isEmpty();
    }

    private static JsonNode items(String... plugins) {
        String items = Arrays.stream(plugins)
                .map(plugin -> plugin.split(" "))
                .map(part -> "{\"id\":\"%s\",\"version\":\"%s\"}".formatted(part[0], part[1]))
                .collect(Collectors.joining(","));
        return JsonMapper.shared().readTree("{\"items\":[" + items + "]}");
    }
}
