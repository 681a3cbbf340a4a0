package dev.mortise.dist.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.dist.fuzz.AnswerRules;
import dev.mortise.dist.fuzz.Operation;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every operation of the kernel and of all delivered plugins keeps the same promises. */
@Tag("D1")
@Tag("T2")
class ApiContractIT {
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final AnswerRules RULES = new AnswerRules("no tenant has a thing of this name");

    /** Lists that an API key has none of. */
    private static final Set<String> OF_PEOPLE = Set.of("kernel.sessions.list");

    private static World world;

    @BeforeAll
    static void fillTheWorld() {
        world = new World();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void everyListIsPagedOrSaysWhyNotAndEveryAnswerIsDescribed() {
        assertThat(new ListRules(world.document()).violations()).isEmpty();
    }

    @Test
    void whatOnlyReadsTakesNoBody() {
        assertThat(world.operations())
                .filteredOn(Operation::isReading)
                .allSatisfy(operation -> assertThat(world.document()
                                .path("paths")
                                .path(operation.path())
                                .path("get")
                                .has("requestBody"))
                        .as(operation.id())
                        .isFalse());
    }

    @Test
    void pagesOfOneMakeUpTheWholeList() {
        Set<String> walked = new TreeSet<>();
        for (Operation operation : paged()) {
            long deadline = System.nanoTime() + SETTLED.toNanos();
            List<JsonNode> whole;
            List<JsonNode> walk;
            do { // What happens meanwhile, such as a new entry of the audit record, comes into both.
                whole = items(page(operation, "?limit=200"));
                walk = walk(operation, whole.size());
            } while (!ids(walk).equals(ids(whole)) && System.nanoTime() < deadline);
            assertThat(ids(walk)).as(operation.id()).isEqualTo(ids(whole)).doesNotHaveDuplicates();
            if (whole.size() >= World.EACH) {
                walked.add(operation.id());
            }
        }
        assertThat(walked)
                .contains(
                        "kernel.roles.list",
                        "kernel.api-keys.list",
                        "kernel.service-accounts.list",
                        "kernel.invitations.list",
                        "kernel.users.list",
                        "kernel.tenants.list",
                        "kernel.audit.list",
                        "kernel.plugins.history",
                        "kernel.tenant.history",
                        "automatrix.runs.list",
                        "automatrix.runs.steps",
                        "automotive.decisions.list");
    }

    /** Follows the cursors of pages of one element, which the links repeat, so far as the whole list was read. */
    private static List<JsonNode> walk(Operation operation, int most) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<String> answer = page(operation, "?limit=1" + after);
            items.addAll(items(answer));
            String next = World.json(answer).path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + World.encoded(next);
            assertThat(answer.headers().firstValue("Link").orElse(""))
                    .as(operation.id())
                    .matches(next.isEmpty() ? "" : "</api/v1/.*[?&]after=.*>; rel=\"next\"");
        } while (!after.isEmpty() && items.size() < most);
        return items;
    }

    private static HttpResponse<String> page(Operation operation, String query) {
        HttpResponse<String> answer = world.send(operation, world.known(operation) + query, null);
        assertThat(answer.statusCode()).as(operation.id() + " " + answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<JsonNode> items(HttpResponse<String> answer) {
        List<JsonNode> items = new ArrayList<>();
        World.json(answer).path("items").forEach(items::add);
        return items;
    }

    /** Returns what tells elements apart; other members, such as when something was last used, change by reading. */
    private static List<String> ids(List<JsonNode> items) {
        return items.stream()
                .map(item -> List.of("id", "seq", "version", "tenant", "name").stream()
                        .map(item::path)
                        .filter(member -> !member.isMissingNode())
                        .map(JsonNode::asString)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Test
    void aPageThatCannotBeIsRefusedByName() {
        for (Operation operation : paged()) {
            for (String query : List.of("limit=0", "limit=-1", "limit=100000", "limit=x", "after=x", "after=%00")) {
                HttpResponse<String> answer = world.send(operation, world.known(operation) + "?" + query, null);
                assertThat(answer.statusCode()).as(operation.id() + " " + query).isEqualTo(400);
                assertSound(operation, answer);
                if (query.startsWith("limit")) {
                    assertThat(World.json(answer).path("detail").asString())
                            .as(operation.id())
                            .contains("limit");
                } else {
                    assertThat(World.json(answer).path("code").asString())
                            .as(operation.id())
                            .isEqualTo("api.cursor-invalid");
                }
            }
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        Map<String, String> cursors = new HashMap<>();
        for (Operation operation : paged()) {
            String next = World.json(page(operation, "?limit=1")).path("next").asString("");
            if (!next.isEmpty()) {
                cursors.put(operation.id(), next);
            }
        }
        assertThat(cursors).hasSizeGreaterThan(10);
        for (Operation operation : paged()) {
            cursors.forEach((owner, cursor) -> {
                String path = world.known(operation) + "?after=" + World.encoded(cursor);
                assertThat(world.send(operation, path, null).statusCode())
                        .as(operation.id() + " with the cursor of " + owner)
                        .isEqualTo(owner.equals(operation.id()) ? 200 : 400);
            });
        }
    }

    private static List<Operation> paged() {
        return world.operations().stream()
                .filter(ListRules::isPaged)
                .filter(operation -> !OF_PEOPLE.contains(operation.id()))
                .toList();
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        List<Operation> taking = taking();
        assertThat(taking).hasSizeGreaterThan(25);
        for (Operation operation : taking) {
            for (String body : List.of("", "{", "{]", "\u0000", "<a/>")) {
                if (body.isEmpty() && Exceptions.TAKES_NOTHING.containsKey(operation.id())) {
                    continue;
                }
                HttpResponse<String> answer = world.send(operation, world.known(operation), body);
                assertThat(answer.statusCode())
                        .as(operation.id() + " with " + body + ": " + answer.body())
                        .isEqualTo(400);
                assertSound(operation, answer);
            }
        }
    }

    @Test
    void aValueOfTheWrongKindIsRefusedWithItsPlace() {
        int tried = 0;
        for (Operation operation : taking()) {
            JsonNode schema = Operation.resolved(world.document(), operation.body());
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                Optional<String> wrong = ofAnotherKind(property.getValue());
                if (wrong.isPresent()) {
                    String body = "{\"" + property.getKey() + "\":" + wrong.get() + "}";
                    HttpResponse<String> answer = world.send(operation, world.known(operation), body);
                    String what = operation.id() + " with " + body + ": " + answer.body();
                    assertThat(answer.statusCode()).as(what).isEqualTo(400);
                    assertSound(operation, answer);
                    assertThat(World.json(answer).path("pointer").asString(""))
                            .as(what)
                            .startsWith("/" + property.getKey());
                    assertThat(World.json(answer).path("detail").asString())
                            .as(what)
                            .contains(property.getKey());
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(40);
    }

    private static Optional<String> ofAnotherKind(JsonNode given) {
        JsonNode schema = Operation.resolved(world.document(), given);
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
            case "string" -> Optional.of("{\"no\":[\"such\"]}");
            case "integer", "number", "boolean", "array" -> Optional.of("\"text\"");
            case "object" -> Optional.of("5");
            default -> Optional.empty();
        };
    }

    @Test
    void whatIsNotThereIsNotFound() {
        SoftAssertions.assertSoftly(softly -> {
            for (Operation operation : world.operations()) {
                boolean plain = operation.isReading() || operation.method().equals("DELETE");
                if (plain
                        && operation.path().contains("{")
                        && !Exceptions.SERVES_THE_UNKNOWN.containsKey(operation.id())) {
                    HttpResponse<String> answer = world.send(operation, World.unknown(operation), null);
                    softly.assertThat(answer.statusCode())
                            .as(operation.id() + ": " + answer.body())
                            .isEqualTo(404);
                    softly.assertThat(RULES.violations(answer))
                            .as(operation.id())
                            .isEmpty();
                }
            }
        });
    }

    @Test
    void anotherMethodIsRefusedAndTheRightOnesAreNamed() {
        for (Operation operation : world.operations()) {
            HttpResponse<String> answer = world.send(
                    new Operation(
                            operation.id(),
                            "PROPFIND",
                            operation.path(),
                            operation.parameters(),
                            operation.body(),
                            operation.isOpen()),
                    World.unknown(operation),
                    null);
            assertThat(answer.statusCode()).as(operation.id()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow").orElse(""))
                    .as(operation.id())
                    .contains(operation.method());
            assertSound(operation, answer);
        }
    }

    @Test
    void aChangeOfWhatSomebodyElseHasChangedIsRefused() {
        List<Operation> guarded = with("If-Match");
        assertThat(guarded).hasSizeGreaterThan(5);
        for (Operation operation : guarded) {
            HttpResponse<String> answer = world.send(
                    operation, world.known(operation), Exceptions.body(operation), "If-Match", "\"of-yesterday\"");
            assertThat(answer.statusCode())
                    .as(operation.id() + ": " + answer.body())
                    .isEqualTo(412);
            assertSound(operation, answer);
            if (operation.method().equals("PUT")) {
                assertThat(world.send(operation, world.known(operation), Exceptions.body(operation))
                                .statusCode())
                        .as(operation.id() + " without If-Match")
                        .isEqualTo(428);
            }
        }
    }

    @Test
    void whoHasADocumentIsToldSo() {
        List<Operation> documents = with("If-None-Match");
        assertThat(documents).hasSizeGreaterThan(2);
        for (Operation operation : documents) {
            String tag = world.send(operation, world.known(operation), null)
                    .headers()
                    .firstValue("ETag")
                    .orElse("");
            assertThat(tag).as(operation.id()).startsWith("\"");
            HttpResponse<String> again = world.send(operation, world.known(operation), null, "If-None-Match", tag);
            assertThat(again.statusCode()).as(operation.id()).isEqualTo(304);
            assertThat(again.body()).as(operation.id()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedWhereverKeysAreTaken() {
        List<Operation> repeatable = with("Idempotency-Key");
        assertThat(repeatable).hasSizeGreaterThan(25);
        for (Operation operation : repeatable) {
            HttpResponse<String> answer =
                    world.send(operation, World.unknown(operation), "{}", "Idempotency-Key", "k".repeat(256));
            assertThat(answer.statusCode())
                    .as(operation.id() + ": " + answer.body())
                    .isEqualTo(400);
            assertSound(operation, answer);
        }
    }

    @Test
    void whatIsSentTwiceUnderOneKeyIsDoneOnce() {
        for (Operation operation : world.operations()) {
            @Nullable String body = Exceptions.CREATING.get(operation.id());
            if (body != null) {
                String key = "contract-" + operation.id();
                HttpResponse<String> first = world.send(operation, operation.path(), body, "Idempotency-Key", key);
                HttpResponse<String> again = world.send(operation, operation.path(), body, "Idempotency-Key", key);
                HttpResponse<String> other =
                        world.send(operation, operation.path(), body.replace("once", "twice"), "Idempotency-Key", key);
                assertThat(first.statusCode())
                        .as(operation.id() + ": " + first.body())
                        .isEqualTo(201);
                if (first.headers().firstValue("Cache-Control").orElse("").equals("no-store")) {
                    assertThat(World.json(again).path("code").asString())
                            .as("a secret is not kept, not even for a repetition")
                            .isEqualTo("kernel.idempotency-answer-lost");
                } else {
                    assertThat(again.statusCode()).as(operation.id()).isEqualTo(201);
                    assertThat(again.body()).isEqualTo(first.body());
                    assertThat(again.headers().firstValue("Idempotency-Replayed"))
                            .contains("true");
                }
                assertThat(other.statusCode())
                        .as(operation.id() + ": " + other.body())
                        .isEqualTo(422);
            }
        }
    }

    private static List<Operation> taking() {
        return world.operations().stream()
                .filter(operation -> !operation.body().isMissingNode())
                .toList();
    }

    private static List<Operation> with(String header) {
        return world.operations().stream()
                .filter(operation -> operation.in("header").stream()
                        .anyMatch(each -> each.path("name").asString().equals(header)))
                .toList();
    }

    private static void assertSound(Operation operation, HttpResponse<String> answer) {
        assertThat(RULES.violations(answer))
                .as(operation.id() + ": " + answer.body())
                .isEmpty();
    }
}
