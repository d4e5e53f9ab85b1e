package io.tfdc.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tfdc.cli.demo.Demo;
import io.tfdc.cli.demo.DemoOptions;
import io.tfdc.testing.Chromium;
import io.tfdc.testing.VertxTestKit;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console in a browser, in front of a running demonstration: real clicks and keys. Keeps screenshots in target/screenshots. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final Path SHOTS = Path.of(System.getProperty("project.build.directory", "target"), "screenshots");
    private static final double PATIENCE = 20_000;

    private Chromium chromium;
    private Demo demo;
    private Thread running;
    private String address;
    private String token;
    private Browser.NewContextOptions options = new Browser.NewContextOptions().setViewportSize(1440, 900);
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        chromium = Chromium.start();
        CompletableFuture<String> served = new CompletableFuture<>();
        DemoOptions fab = new DemoOptions(Long.MAX_VALUE, 1, 8, 0.06, 15, List.of(), List.of(), null, 0);
        demo = new Demo(fab, Demo.Display.NOTHING, new PrintWriter(Writer.nullWriter()), false, served::complete);
        running = new Thread(
                () -> {
                    try {
                        demo.run();
                    } catch (java.io.IOException e) {
                        served.completeExceptionally(e);
                    }
                },
                "demo");
        running.start();
        String whole = served.get(60, TimeUnit.SECONDS);
        address = whole.substring(0, whole.indexOf('#'));
        token = whole.substring(whole.indexOf("token=") + 6);
        learned();
    }

    /** Waits until the charts have limits and something has alarmed by them. */
    private void learned() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest alarms = HttpRequest.newBuilder(URI.create(address + "api/v1/alarms?rule=demo.two-charts&limit=3"))
                .build();
        VertxTestKit.eventually("alarms by limits", () -> {
            try {
                return client.send(alarms, HttpResponse.BodyHandlers.ofString())
                                .body()
                                .split("\"id\"")
                                .length
                        > 3;
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (demo != null) {
            demo.stop();
            running.join(30_000);
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext(options.setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        complaints.clear();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void noScriptFailedAndNoRuleOfTheContentPolicyWasBroken() {
        List<String> seen = List.copyOf(complaints);
        context.close();
        assertEquals(List.of(), seen);
    }

    @Test
    void fromTheFleetToAChartToATrace() {
        signIn();
        visible("canvas.heat");
        // Alarms appear once the charts have learned.
        visible("section.side .badge");
        shot("fleet");
        page.locator("canvas.heat").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("[data-picked] b")).isVisible(patience());
        page.locator("section.side a.pick").first().click();
        visible("[data-chart][data-points]");
        page.navigate(address + "#/alarms?rule=demo.two-charts");
        page.locator("[data-alarms] tbody tr td:nth-child(2)").first().click();
        page.locator("[data-detail] td a").first().click();
        visible("[data-chart][data-points]");
        assertThat(page.locator("[data-chart] canvas").first()).isVisible(patience());
        assertTrue(page.url().contains("indicator="), "every view is a link: " + page.url());
        page.locator("[data-chart]").hover(new Locator.HoverOptions().setPosition(150, 200));
        visible(".tip");
        shot("u-chart");
        page.locator("[data-chart]").click(new Locator.ClickOptions().setPosition(pointOfChart()));
        visible("[data-trace][data-series]");
        assertThat(page.locator("[data-trace]"))
                .hasAttribute(
                        "data-series",
                        Pattern.compile("[2-9]"),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
        shot("trace");
        String link = page.url();
        page.navigate("about:blank");
        page.navigate(link);
        visible("[data-trace][data-series]");
    }

    /** The pixel of a point, as the chart says. */
    private com.microsoft.playwright.options.Position pointOfChart() {
        Object pixel = page.evaluate(
                "() => { const p = document.querySelector('chart-page'); const i = p.chart.points.length - 2;"
                        + " return p.drawing.convertToPixel({seriesIndex: 3}, [i, p.chart.points[i].value]); }");
        List<?> xy = (List<?>) pixel;
        return new com.microsoft.playwright.options.Position(
                ((Number) xy.get(0)).doubleValue(), ((Number) xy.get(1)).doubleValue());
    }

    @Test
    void anAlarmIsAcknowledgedCommentedAndClosed() {
        signIn();
        page.navigate(address + "#/alarms");
        visible("[data-alarms] tbody tr");
        shot("alarms");
        page.locator("[data-alarms] tbody tr td:nth-child(2)").first().click();
        visible("[data-detail]");
        page.locator("[data-do=acknowledge]").click();
        assertThat(page.locator("[data-detail] .badge.state")).hasText("acknowledged");
        page.locator("[data-do=comment]").click();
        page.locator("dialog textarea").fill("Nozzle looks worn, <b>PM</b> tonight");
        page.locator("dialog button.primary").click();
        assertThat(page.locator("[data-notes]")).containsText("<b>PM</b>");
        page.locator("[data-do=shelve]").click();
        page.locator("dialog button.primary").click();
        assertThat(page.locator("[data-detail] .badge.state")).hasText("shelved");
        shot("alarm");
        page.locator("[data-do=close]").click();
        page.locator("dialog textarea").fill("Nozzle replaced");
        page.locator("dialog button.primary").click();
        assertThat(page.locator("[data-detail] .badge.state")).hasText("closed");
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-detail]")).hasCount(0);
        page.locator("[data-filter=state]").selectOption("closed");
        assertThat(page.locator("[data-alarms] tbody tr")).hasCount(1);
    }

    @Test
    void aStrategyIsBackTestedBeforeItIsActivated() {
        signIn();
        page.navigate(address + "#/strategies");
        visible("[data-in-force] li");
        Locator document = page.locator("textarea[aria-label='Strategy document']");
        assertThat(document).hasValue(Pattern.compile("version: 1"));
        assertThat(page.locator("[data-do=activate]")).isDisabled();
        document.fill(document.inputValue() + "\nnosuch: 1\n");
        page.locator("[data-do=check]").click();
        assertThat(page.locator("[role=alert]")).containsText("nosuch");
        document.fill(document.inputValue().replace("\nnosuch: 1\n", "").replaceFirst("version: 1", "version: 2"));
        page.locator("[data-do=check]").click();
        assertThat(page.locator("[role=status]")).containsText("version 2");
        page.locator("[name=runs]").fill("150");
        page.locator("[data-do=backtest]").click();
        visible("[data-result]");
        assertThat(page.locator("[data-do=activate]")).isEnabled();
        page.locator("[name=reason]").fill("trial");
        shot("strategy");
        page.locator("[data-do=activate]").click();
        assertThat(page.locator("[role=status]").first()).containsText("in force");
        assertThat(page.locator("[data-in-force]")).containsText("2");
    }

    @Test
    void theBusIsWatchedPausedAndSentTo() {
        signIn();
        page.navigate(address + "#/bus");
        visible("[data-tail] div b");
        visible("[data-addresses] canvas");
        page.locator("input[aria-label=Filter]").fill("processing.stats");
        assertThat(page.locator("[data-tail]")).containsText("heldBytes");
        page.locator("[data-do=pause]").click();
        assertThat(page.locator("[data-do=pause]")).hasAttribute("aria-pressed", "true");
        page.locator("[data-do=send]").click();
        assertThat(page.locator("[data-answer]")).containsText("hello");
        assertThat(page.locator("[data-audit]")).containsText("sendBusMessage");
        page.locator("input[aria-label=Filter]").fill("");
        shot("bus");
    }

    @Test
    void thirtyMembersAndWhatIf() {
        signIn();
        visible("canvas.heat");
        page.route("**/api/v1/cluster", route -> answer(route, cluster()));
        page.route(
                "**/api/v1/cluster/decisions*",
                route -> answer(
                        route,
                        "{\"items\":[{\"at\":\"2026-03-01T10:00:00Z\",\"version\":41,"
                                + "\"cause\":\"crash\",\"summary\":\"defender-7 is silent: its 80 chambers go to others\",\"by\":\"\",\"moved\":1,\"moves\":"
                                + "[{\"chamber\":\"ETCH-01:A\",\"from\":\"defender-7\",\"to\":\"defender-12\",\"reason\":\"orphan\"}]}]}"));
        page.route(
                "**/api/v1/cluster/plan*",
                route -> answer(
                        route,
                        "{\"moved\":390,\"moves\":[],\"statistics\":{\"movedShare\":0.163,"
                                + "\"maxOverMean\":1.06,\"minCount\":48,\"maxCount\":67}}"));
        page.navigate(address + "#/cluster");
        assertThat(page.locator("[data-members] tbody tr")).hasCount(30);
        page.locator("input[type=range]").fill("45");
        assertThat(page.locator("cluster-page")).containsText("16.3 %");
        shot("cluster");
    }

    private static void answer(com.microsoft.playwright.Route route, String json) {
        route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(json));
    }

    private static String cluster() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            members.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"defender-" + i + "\",\"pod\":\"defender-6f7-" + i
                            + "\",\"state\":\"stable\",\"leading\":" + (i == 3)
                            + ",\"silentMillis\":" + (i * 67 % 900) + ",\"chambers\":" + (72 + i % 17) + ",\"weight\":"
                            + (9_400_000 + i * 37_000) + ",\"verdict\":\"ok\"}");
        }
        return "{\"version\":41,\"chambers\":2400,\"leader\":{\"phase\":\"stable\",\"epoch\":6,\"activeMembers\":30,\"intended\":30,"
                + "\"standbys\":1,\"releasing\":0,\"windowMillis\":0},\"operator\":{\"paused\":false,\"cordoned\":[]},\"members\":["
                + members + "]}";
    }

    @Test
    void theClusterPageSaysThatThereIsNone() {
        signIn();
        page.navigate(address + "#/cluster");
        visible("[data-node]");
        assertThat(page.locator("[data-no-cluster]")).isVisible();
    }

    @Test
    void whoOnlyLooksSeesNoButtons() {
        page.navigate(address);
        visible("canvas.heat");
        assertThat(page.locator("[data-who]")).containsText("anonymous");
        page.navigate(address + "#/alarms");
        visible("[data-alarms] tbody tr");
        page.locator("[data-alarms] tbody tr td:nth-child(2)").first().click();
        visible("[data-detail]");
        assertThat(page.locator("[data-do=acknowledge]")).hasCount(0);
        page.navigate(address + "#/bus");
        visible(".blank.failure");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.locator("dialog input").fill("wrong");
        page.locator("dialog button.primary").click();
        assertThat(page.locator("dialog .note.bad")).isVisible();
        page.locator("dialog input").fill(token);
        page.locator("dialog button.primary").click();
        assertThat(page.locator("[data-who]")).containsText("demo");
    }

    @Test
    void keysLeadThroughThePagesAndTheThemeStays() {
        signIn();
        visible("canvas.heat");
        page.keyboard().press("t");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        visible("section.side .badge");
        shot("fleet-dark");
        page.keyboard().press("g");
        page.keyboard().press("a");
        assertThat(page.locator("h1").first()).hasText("Alarms");
        visible("[data-alarms] tbody tr");
        page.keyboard().press("j");
        visible("[data-detail]");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        visible("[data-detail]");
    }

    @Test
    void emptyLoadingAndErrorStatesSayWhatIsTheMatter() {
        signIn();
        visible("canvas.heat");
        page.route("**/api/v1/alarms*", route -> {
            if (route.request().url().contains("severity=critical")) {
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[]}"));
            } else if (route.request().url().contains("severity=warning")) {
                route.fulfill(
                        new com.microsoft.playwright.Route.FulfillOptions()
                                .setStatus(503)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"title\":\"Not available\",\"status\":503,\"detail\":\"the chart store can't serve now\"}"));
            } else {
                route.resume();
            }
        });
        page.navigate(address + "#/alarms?severity=critical");
        assertThat(page.locator(".blank")).containsText("No alarms");
        page.navigate(address + "#/alarms?severity=warning");
        assertThat(page.locator(".blank.failure")).containsText("the chart store can't serve now");
        shot("error");
        page.navigate(address + "#/chart/NO-SUCH/X");
        assertThat(page.locator(".blank")).containsText("No charts yet");
        page.navigate(address + "#/nowhere");
        assertThat(page.locator(".blank")).containsText("There is no page nowhere");
    }

    @Test
    void sixThousandChambersAreDrawnWithoutAStutter() {
        signIn();
        visible("canvas.heat");
        page.route(
                "**/api/v1/fleet*",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(large())));
        page.navigate(address + "#/fleet?hours=8");
        assertThat(page.locator(".head .quiet").first())
                .hasText("6000 chambers of 2000 tools", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        shot("fleet-6000");
        double worst = ((Number)
                        page.evaluate("() => { const p = document.querySelector('fleet-page'); const times = [];"
                                + " for (let i = 0; i < 20; i++) { const t = performance.now(); p.draw(); times.push(performance.now() - t); }"
                                + " return times.sort((a, b) => a - b)[10]; }"))
                .doubleValue();
        System.getLogger("console").log(System.Logger.Level.INFO, "6,000 chambers drawn in {0} ms", worst);
        assertTrue(worst < 100, "a frame of 6,000 chambers took " + worst + " ms");
    }

    private static String large() {
        StringBuilder json = new StringBuilder("{\"complete\":true,\"tools\":[");
        String[] worst = {"warning", "alarm", "critical"};
        for (int tool = 0; tool < 2000; tool++) {
            json.append(tool == 0 ? "" : ",").append(String.format("{\"tool\":\"ETCH-%04d\",\"chambers\":[", tool));
            for (int chamber = 0; chamber < 3; chamber++) {
                int dice = (tool * 7919 + chamber * 104729) % 97;
                json.append(chamber == 0 ? "" : ",")
                        .append("{\"chamber\":\"")
                        .append((char) ('A' + chamber))
                        .append("\",\"open\":");
                json.append(
                        dice < 6
                                ? "2,\"worst\":\"" + worst[dice % 3]
                                        + "\",\"rule\":\"etch.outside\",\"at\":\"2026-03-01T00:00:00Z\"}"
                                : "0}");
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    private void signIn() {
        page.navigate(address + "#token=" + token);
        assertThat(page.locator("[data-who]"))
                .containsText("admin", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    private void visible(String selector) {
        assertThat(page.locator(selector).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE * 2));
    }

    private static LocatorAssertions.IsVisibleOptions patience() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    private void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }
}
