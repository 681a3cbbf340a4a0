package dev.mortise.dist.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.TestKernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/** A person reads the API's description in a browser and tries it, with nothing but the session of that browser. */
@Tag("D1")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplorerInBrowserIT {
    private static final String EMAIL = "ann@example.org";
    private static final String PASSWORD = "a-long-and-quiet-river-7";
    private static final String ROLES = "/api/v1/kernel/roles";

    private static TestKernel kernel;
    private static BrowserWindow window;

    @BeforeAll
    static void openThePage() {
        InstalledBrowser installed = InstalledBrowser.find().orElseThrow(() -> {
            String why =
                    "NOT TESTED: the API explorer in a browser. There is no Chromium with its driver here, and none"
                            + " could be installed: apt-get install chromium chromium-driver";
            System.err.println(why);
            return new TestAbortedException(why);
        });
        kernel = TestKernel.start();
        window = new BrowserWindow(installed, kernel.url());
        window.open("/api/explorer");
        signUp();
    }

    private static void signUp() {
        String token = kernel.post("/api/v1/kernel/invitations", "{\"email\":\"" + EMAIL + "\",\"roles\":[\"admin\"]}")
                .body()
                .path("token")
                .asString();
        assertThat(kernel.post(
                                "/api/v1/kernel/invitations/accept",
                                json(Map.of("token", token, "displayName", "Ann", "password", PASSWORD)))
                        .status())
                .isEqualTo(200);
        assertThat(window.fetch(
                        "POST",
                        "/api/v1/kernel/sessions",
                        Map.of("Content-Type", "application/json"),
                        json(Map.of("email", EMAIL, "password", PASSWORD))))
                .isEqualTo(201);
    }

    @AfterAll
    static void close() {
        if (window != null) {
            window.close();
        }
        if (kernel != null) {
            kernel.close();
        }
    }

    private static String json(Map<String, String> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    @Test
    @Order(1)
    void whoIsSignedInSeesAllOperationsWithoutAKey() {
        window.await(By.cssSelector("#sign-in button")).click();

        WebElement message =
                window.await(By.id("message"), each -> each.getText().contains("operations"));
        assertThat(Integer.parseInt(message.getText().split(" ")[0])).isGreaterThan(60);
        assertThat(window.all(By.tagName("details"))).hasSizeGreaterThan(60);
    }

    @Test
    @Order(2)
    void theSearchLeavesWhatIsMeant() {
        window.await(By.id("filter")).sendKeys("post " + ROLES);

        assertThat(window.all(By.tagName("details")))
                .filteredOn(WebElement::isDisplayed)
                .hasSize(1);
        window.await(By.id("filter")).clear();
        window.await(By.id("filter")).sendKeys("kernel.roles");
    }

    @Test
    @Order(3)
    void readingShowsTheAnswerWithItsHeaders() {
        WebElement operation = opened("GET", ROLES);
        operation.findElement(By.tagName("button")).click();

        assertThat(answer("GET", ROLES)).startsWith("200").contains("content-type: application/json", "\"items\"");
    }

    @Test
    @Order(4)
    void aChangeOfASessionCarriesItsProof() {
        WebElement operation = opened("POST", ROLES);
        WebElement body = operation.findElement(By.tagName("textarea"));
        assertThat(body.getDomProperty("value")).contains("\"permissions\"");
        body.clear();
        body.sendKeys("{\"name\": \"readers\", \"permissions\": [\"kernel.roles.read\"]}");
        operation.findElement(By.tagName("button")).click();

        assertThat(answer("POST", ROLES)).startsWith("201").contains("\"readers\"");
        assertThat(kernel.get(ROLES + "/readers").status()).isEqualTo(200);
        assertThat(window.console()).isEmpty();
        assertThat(window.fetch(
                        "POST",
                        ROLES,
                        Map.of("Content-Type", "application/json"),
                        "{\"name\": \"forged\", \"permissions\": [\"kernel.roles.read\"]}"))
                .as("the same request of a page that does not know the proof")
                .isEqualTo(403);
        assertThat(window.console()).hasSize(1);
    }

    @Test
    @Order(5)
    void aRefusalIsShownAsTheProblemDocumentThatItIs() {
        WebElement operation = opened("GET", ROLES + "/{name}");
        operation.findElement(By.tagName("input")).sendKeys("absent");
        operation.findElement(By.tagName("button")).click();

        assertThat(answer("GET", ROLES + "/{name}"))
                .startsWith("404")
                .contains("application/problem+json", "\"remedy\"", "\"traceId\"");
        assertThat(window.console())
                .as("the browser tells of the 404, and of nothing else")
                .singleElement()
                .asString()
                .contains("/roles/absent", "404");
    }

    @Test
    @Order(6)
    void everythingThatTakesInputHasANameAndCanBeReachedByKeyboard() {
        assertThat(window.all(By.cssSelector("input, textarea, button, pre")))
                .hasSizeGreaterThan(8)
                .filteredOn(WebElement::isDisplayed)
                .allSatisfy(element -> assertThat(element.getAccessibleName()).isNotBlank());
        assertThat(window.all(By.cssSelector("details details, [tabindex]:not([tabindex='0'])")))
                .isEmpty();
    }

    @Test
    @Order(7)
    void nothingKeepsPeopleOut() {
        for (String scheme : List.of("light", "dark")) {
            window.prefer(scheme);
            assertThat(window.barriers()).as(scheme).isEmpty();
        }
    }

    private static WebElement opened(String method, String path) {
        WebElement operation = window.await(at(method, path));
        operation.findElement(By.tagName("summary")).click();
        // The form is made when the browser tells that the operation was opened, which is after the click.
        return window.await(
                at(method, path),
                open -> open.findElements(By.tagName("button")).stream().anyMatch(WebElement::isDisplayed));
    }

    private static String answer(String method, String path) {
        return window.await(
                        at(method, path),
                        operation -> operation
                                .findElement(By.tagName("pre"))
                                .getText()
                                .matches("(?s)\\d{3} .*"))
                .findElement(By.tagName("pre"))
                .getText();
    }

    private static By at(String method, String path) {
        return By.xpath("//details[starts-with(@data-text, '"
                + (method + " " + path + " ").toLowerCase(java.util.Locale.ROOT) + "')]");
    }
}
