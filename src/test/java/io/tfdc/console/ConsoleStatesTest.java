package io.tfdc.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.tfdc.testing.ConsolePage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the console shows of nothing, of failures, and of far more than a demonstration has: answers that are made up. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleStatesTest {
    private static final System.Logger LOG = System.getLogger("console");
    /** Of one second a page may block so much; a machine that does other things takes its share of this. */
    private static final double MOST_BLOCKED = 0.5;

    private DemoConsole demo;
    private ConsolePage console;

    @BeforeAll
    void start() throws Exception {
        demo = new DemoConsole();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (demo != null) {
            demo.close();
        }
    }

    @BeforeEach
    void open() {
        console = demo.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theClusterPageSaysThatThereIsNone() {
        console.signIn("admin");
        console.go("#/cluster");
        console.visible("[data-node]");
        assertThat(console.find("[data-no-cluster]")).isVisible();
    }

    @Test
    void emptyLoadingAndErrorStatesSayWhatIsTheMatter() {
        console.signIn("admin");
        console.visible("canvas.heat");
        console.page().route("**/api/v1/alarms*", route -> {
            if (route.request().url().contains("severity=critical")) {
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[]}"));
            } else if (route.request().url().contains("severity=warning")) {
                route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(503)
                                .setContentType("application/problem+json")
                                .setBody(
                                        "{\"title\":\"Not available\",\"status\":503,\"detail\":\"the chart store can't serve now\"}"));
            } else {
                route.resume();
            }
        });
        console.go("#/alarms?severity=critical");
        assertThat(console.find(".blank")).containsText("No alarms");
        console.go("#/alarms?severity=warning");
        assertThat(console.find(".blank.failure")).containsText("the chart store can't serve now");
        console.shot("error");
        console.go("#/chart/NO-SUCH/X");
        assertThat(console.find(".blank")).containsText("No charts yet");
        console.go("#/nowhere");
        assertThat(console.find(".blank")).containsText("There is no page nowhere");
    }

    @Test
    void olderAuditEntriesAreReadOnDemand() {
        console.signIn("admin");
        console.visible("canvas.heat");
        console.page().route("**/api/v1/audit*", route -> {
            boolean older = route.request().url().contains("cursor=abc");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                            older
                                    ? "{\"items\":[" + audited("drain") + "]}"
                                    : "{\"items\":[" + audited("pause") + "],\"next\":\"abc\"}"));
        });
        console.go("#/audit");
        assertThat(console.find("[data-audit] tbody tr")).hasCount(1);
        console.find("[data-do=older]").click();
        assertThat(console.find("[data-audit] tbody tr")).hasCount(2);
        console.says("[data-audit] tbody tr:nth-child(2)", "command=drain");
        assertThat(console.find("[data-do=older]")).hasCount(0);
    }

    private static String audited(String command) {
        return "{\"at\":\"2026-03-01T10:00:00Z\",\"caller\":\"kim\",\"address\":\"10.0.0.7\",\"operation\":\"clusterCommand\","
                + "\"subject\":\"command=" + command + "\",\"status\":200}";
    }

    @Test
    void sixThousandChambersAreDrawnWithoutAStutter() {
        console.signIn("admin");
        console.visible("canvas.heat");
        console.stub("**/api/v1/fleet*", LargeCluster.fleet());
        console.go("#/fleet?hours=8");
        assertThat(console.find(".head .quiet").first())
                .hasText(
                        "6000 chambers of 2000 tools",
                        new LocatorAssertions.HasTextOptions().setTimeout(ConsolePage.PATIENCE));
        console.shot("fleet-6000");
        // A hundred chambers a second light up, the pointer wanders, and every second everything is read anew.
        assertSmooth(
                "6,000 chambers", """
                let n = 0;
                return [[100, () => page.flash({ chambers: Array.from({ length: 10 }, () => { n += 37; const at = n % 6000;
                         return `ETCH-${String(Math.floor(at / 3)).padStart(4, "0")}:${"ABC"[at % 3]}`; }) })],
                  [40, () => { page.picked = page.cells[(n * 13) % 6000]; }],
                  [1000, () => page.load()]];
                """,
                "fleet-page", "fleet-page");
    }

    @Test
    void thirtyMembersTheirPastAndWhatIf() {
        console.signIn("admin");
        console.visible("canvas.heat");
        console.stub("**/api/v1/cluster", LargeCluster.status());
        console.stub("**/api/v1/cluster/decisions*", LargeCluster.decisions());
        console.stub("**/api/v1/cluster/timeline*", LargeCluster.timeline());
        console.stub(
                "**/api/v1/cluster/plan*",
                "{\"moved\":390,\"moves\":[],\"statistics\":{\"movedShare\":0.163,"
                        + "\"maxOverMean\":1.06,\"minCount\":48,\"maxCount\":67}}");
        console.go("#/cluster");
        assertThat(console.find("[data-members] tbody tr")).hasCount(30);
        assertThat(console.find("[data-timeline]")).hasAttribute("data-rows", "30");
        console.find("input[type=range]").fill("45");
        assertThat(console.find("cluster-page")).containsText("16.3 %");
        console.find("[data-timeline]").focus();
        console.page().keyboard().press("ArrowLeft");
        console.says("[data-moment]", "defender-7 is silent");
        console.shot("cluster-30");
        assertSmooth(
                "30 members", """
                const line = document.querySelector("cluster-timeline");
                let n = 0;
                return [[40, () => { const row = line.timeline.members[n++ % 30]; line.picked = { row, span: row.spans[n % row.spans.length] }; }],
                  [1000, () => { page.load(); line.load(); }]];
                """,
                "cluster-page", "cluster-timeline");
    }

    /** Does things at their intervals for five seconds, and adds up how long the page was blocked for more than 50 ms at a time. */
    private void assertSmooth(String what, String actions, String element, String drawn) {
        String script = "async () => { const page = document.querySelector('" + element + "');"
                + " const actions = (() => {" + actions + "})(); const tasks = [];"
                + " const watch = new PerformanceObserver((list) => list.getEntries().forEach((e) => tasks.push(Math.round(e.duration))));"
                + " watch.observe({ entryTypes: ['longtask'] });"
                + " const timers = actions.map(([every, act]) => setInterval(act, every));"
                + " await new Promise((done) => setTimeout(done, 5000)); timers.forEach(clearInterval);"
                + " await new Promise((done) => setTimeout(done, 200)); watch.disconnect(); return tasks; }";
        List<?> tasks = (List<?>) console.page().evaluate(script);
        Object draw = console.page()
                .evaluate("() => { const drawn = document.querySelector('" + drawn + "'); const times = [];"
                        + " for (let i = 0; i < 21; i++) { const t = performance.now(); drawn.draw(); times.push(performance.now() - t); }"
                        + " return times.sort((a, b) => a - b)[10]; }");
        double blocked =
                tasks.stream().mapToDouble(one -> ((Number) one).doubleValue()).sum() / 5_000;
        String found = tasks.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: tasks longer than 50 ms in 5 s: {1}; a whole picture takes {2} ms",
                what,
                found,
                draw);
        assertTrue(blocked < MOST_BLOCKED, what + ": tasks longer than 50 ms in 5 s: " + found);
    }
}
