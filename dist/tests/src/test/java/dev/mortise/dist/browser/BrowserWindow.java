package dev.mortise.dist.browser;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One window of a real browser on one server. */
final class BrowserWindow implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server;
    private final ChromeDriver driver;

    BrowserWindow(InstalledBrowser installed, URI server) {
        this.server = server;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed.browser().toFile());
        // The sandbox needs a user who is not root; the page under test is our own.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed.driver().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        this.driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
    }

    void open(String path) {
        driver.get(server.resolve(path).toString());
    }

    /** Sends a request as a script of the open page would, and returns the status. */
    long fetch(String method, String path, Map<String, String> headers, String body) {
        Object status = driver.executeAsyncScript("""
                const [method, path, headers, body, done] = arguments;
                fetch(path, { method, headers, body }).then((answer) => done(answer.status), (failure) => done(-1));
                """, method, path, headers, body);
        return status instanceof Long number ? number : -1;
    }

    /** Waits until the element is there and satisfies the condition, and returns it. */
    WebElement await(By place, Predicate<WebElement> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "absent";
        while (System.nanoTime() < deadline) {
            try {
                WebElement element = driver.findElement(place);
                if (condition.test(element)) {
                    return element;
                }
                last = element.getText();
            } catch (NoSuchElementException | StaleElementReferenceException e) {
                last = "absent";
            }
            pause();
        }
        throw new AssertionError(place + " did not become what was awaited; it is: " + last);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    WebElement await(By place) {
        return await(place, WebElement::isDisplayed);
    }

    List<WebElement> all(By place) {
        return driver.findElements(place);
    }

    /** Shows the page as people see it who want it light or dark. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Returns what keeps people out of the page as it is shown now, in the words of axe-core. */
    List<String> barriers() {
        driver.executeScript(Axe.script());
        Object found = driver.executeAsyncScript("""
                const done = arguments[0];
                const words = (each) => `${each.id}: ${each.help}: ${each.nodes.map((node) => node.html).join(" | ")}`;
                axe.run().then((result) => done(result.violations.map(words)), (failure) => done([String(failure)]));
                """);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("axe-core did not answer: " + found);
    }

    /** Returns what the page has complained of since this was asked last. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
