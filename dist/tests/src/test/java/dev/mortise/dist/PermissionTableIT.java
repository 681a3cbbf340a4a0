package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.permission.OperatorPermissions;
import dev.mortise.kernel.registry.Operation;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every operation that a server with all delivered plugins serves, what it needs, and that it really asks for it. */
@Tag("T2")
class PermissionTableIT {
    private static final String REGENERATE =
            "./mvnw -pl dist/tests -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dit.test=PermissionTableIT -Dfailsafe.failIfNoSpecifiedTests=false -Dmortise.regenerate=true";

    private static TestKernel kernel;

    @BeforeAll
    static void installEverything() {
        kernel = TestKernel.start(DeliveredPlugins.jars().toArray(Path[]::new));
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @Test
    void everyOperationSaysWhatItNeedsOrWhyItIsOpen() {
        assertThat(all())
                .hasSizeGreaterThan(30)
                .allSatisfy(operation -> assertThat(operation.permission().isBlank()
                                ^ operation.openReason().isBlank())
                        .as("%s", operation)
                        .isTrue());
    }

    @Test
    void everyPermissionIsNamedAfterItsPlugin() {
        kernel.operations()
                .forEach((plugin, operations) -> assertThat(operations)
                        .filteredOn(operation -> !operation.permission().isEmpty())
                        .allSatisfy(operation -> assertThat(operation.permission())
                                .as("%s", operation)
                                .matches(plugin + "(\\.[a-z][a-z0-9-]*)+")));
    }

    @Test
    void withoutTheRightPermissionEveryOperationIsRefused() {
        String key = keyWith("nothing.at.all");

        assertThat(all())
                .filteredOn(operation -> !operation.permission().isEmpty())
                .allSatisfy(operation -> {
                    TestResponse answer = call(operation, key);
                    assertThat(answer.status())
                            .as("%s: %s", operation, answer.text())
                            .isEqualTo(403);
                    assertThat(answer.body().path("code").asString()).isEqualTo("api.forbidden");
                });
    }

    @Test
    void withEveryPermissionButTheRightOneEveryOperationIsRefused() {
        Set<String> permissions = new java.util.TreeSet<>();
        all().forEach(operation -> permissions.add(operation.permission()));
        permissions.remove("");
        Map<String, String> keys = new java.util.HashMap<>();
        permissions.forEach(missing -> keys.put(
                missing,
                keyWith(permissions.stream()
                        .filter(each -> !each.equals(missing))
                        .toArray(String[]::new))));

        assertThat(all())
                .filteredOn(operation -> !operation.permission().isEmpty())
                .allSatisfy(operation -> assertThat(call(operation, keys.get(operation.permission()))
                                .status())
                        .as("%s", operation)
                        .isEqualTo(403));
    }

    @Test
    void withoutAKeyNoOperationIsServed() {
        assertThat(all())
                .allSatisfy(
                        operation -> assertThat(call(operation, "mk_unknown").status())
                                .as("%s", operation)
                                .isEqualTo(401));
    }

    @Test
    void theTableInTheDocumentationIsTheOneThatIsServed() throws IOException {
        Path file = Path.of(System.getProperty("mortise.permissions")).normalize();
        String table = table();
        if (Boolean.getBoolean("mortise.regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, table);
        }

        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("kernel/docs/permissions.md is stale; write it anew with: " + REGENERATE)
                .isEqualTo(table);
    }

    private static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        kernel.operations().values().forEach(all::addAll);
        return all;
    }

    private static String keyWith(String... permissions) {
        return kernel.issueKey(kernel.asTenant().tenant(), Set.of(permissions));
    }

    private static TestResponse call(Operation operation, String key) {
        String path = operation.path().replaceAll("\\{[^}]*}", "x");
        HttpRequest.BodyPublisher body =
                Set.of("GET", "HEAD", "DELETE", "OPTIONS").contains(operation.method())
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString("{}");
        return kernel.send(kernel.requestAs(key, path)
                .header("Content-Type", "application/json")
                .method(operation.method(), body)
                .build());
    }

    private static String table() {
        StringBuilder text = new StringBuilder("""
                # Permissions

                Every operation over HTTP and the permission that its caller needs. Generated from what a server with all plugins of this
                repository serves; do not edit. To write it anew:

                ```
                %s
                ```

                A wildcard holds for all that begins with it: `automatrix.*`, `*`. Permissions marked *operator* are about the whole server
                and work for callers of the operator's tenant (`default`) alone.
                """.formatted(REGENERATE));
        kernel.operations().forEach((plugin, operations) -> {
            text.append("\n## ").append(plugin).append("\n\n| operation | needs | works for |\n|---|---|---|\n");
            operations.forEach(operation -> text.append("| `")
                    .append(operation.method())
                    .append(' ')
                    .append(operation.path())
                    .append("` | ")
                    .append(needs(operation))
                    .append(" | ")
                    .append(OperatorPermissions.isForOperators(operation.permission()) ? "operator" : "every tenant")
                    .append(" |\n"));
        });
        text.append("""

                ## Outside of the API

                | operation | needs | works for |
                |---|---|---|
                | `GET /health/live` | nothing, not even a key: it tells that the process answers | everybody |
                | `GET /health/ready` | nothing, not even a key: it tells which parts are ready | everybody |
                | `GET /metrics` | `kernel.metrics.read` | operator |
                """);
        return text.toString();
    }

    private static String needs(Operation operation) {
        if (operation.isAnonymous()) {
            return "nothing: " + operation.openReason();
        }
        return operation.permission().isEmpty()
                ? "to be signed in: " + operation.openReason()
                : "`" + operation.permission() + "`";
    }
}
