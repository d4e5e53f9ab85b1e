package io.tfdc.testing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The console in a browser window of its own. When it is closed, no script may have failed in it and no rule of the content policy may have
 * been broken. Screenshots are kept in target/screenshots.
 */
public final class ConsolePage implements AutoCloseable {
    /** Milliseconds that anything may take. */
    public static final double PATIENCE = 20_000;

    private static final Path SHOTS = Path.of(System.getProperty("project.build.directory", "target"), "screenshots");

    private final String address;
    private final String token;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** @param address of the console, with a slash at its end */
    public ConsolePage(Chromium chromium, String address, String token, int width, int height) {
        this.address = address;
        this.token = token;
        this.context = chromium.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    public Page page() {
        return page;
    }

    /** Opens the console with the token. */
    public ConsolePage signIn(String role) {
        page.navigate(address + "#token=" + token);
        assertThat(page.locator("[data-who]"))
                .containsText(role, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
        return this;
    }

    /** Goes to a view, such as {@code #/fleet}. */
    public void go(String view) {
        page.navigate(address + view);
    }

    public Locator find(String selector) {
        return page.locator(selector);
    }

    /** Waits until it can be seen. */
    public void visible(String selector) {
        assertThat(page.locator(selector).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE * 2));
    }

    /** Waits until it says so. */
    public void says(String selector, String text) {
        assertThat(page.locator(selector).first())
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE * 2));
    }

    /** Answers requests instead of the server. */
    public void stub(String pattern, String json) {
        page.route(
                pattern,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(json)));
    }

    public void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        List<String> seen = List.copyOf(complaints);
        context.close();
        assertEquals(List.of(), seen);
    }
}
