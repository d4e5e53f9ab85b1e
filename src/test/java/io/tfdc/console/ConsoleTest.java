package io.tfdc.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Position;
import io.tfdc.testing.ConsolePage;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Work in the console, in front of a running demonstration: real clicks and keys. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private DemoConsole demo;
    private ConsolePage console;

    @BeforeAll
    void start() throws Exception {
        demo = new DemoConsole().learned();
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
    void fromTheFleetToAChartToATrace() {
        console.signIn("admin");
        console.visible("canvas.heat");
        // Alarms appear once the charts have learned.
        console.visible("section.side .badge");
        console.shot("fleet");
        console.find("canvas.heat").focus();
        console.page().keyboard().press("ArrowRight");
        console.page().keyboard().press("ArrowRight");
        assertThat(console.find("[data-picked] b")).isVisible(patience());
        console.find("section.side a.pick").first().click();
        console.visible("[data-chart][data-points]");
        console.go("#/alarms?rule=demo.two-charts");
        console.find("[data-alarms] tbody tr td:nth-child(2)").first().click();
        console.find("[data-detail] td a").first().click();
        console.visible("[data-chart][data-points]");
        assertThat(console.find("[data-chart] canvas").first()).isVisible(patience());
        assertTrue(
                console.page().url().contains("indicator="),
                "every view is a link: " + console.page().url());
        console.find("[data-chart]").hover(new Locator.HoverOptions().setPosition(150, 200));
        console.visible(".tip");
        console.shot("u-chart");
        console.find("[data-chart]").click(new Locator.ClickOptions().setPosition(pointOfChart()));
        console.visible("[data-trace][data-series]");
        assertThat(console.find("[data-trace]"))
                .hasAttribute(
                        "data-series",
                        Pattern.compile("[2-9]"),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(ConsolePage.PATIENCE));
        console.shot("trace");
        String link = console.page().url();
        console.page().navigate("about:blank");
        console.page().navigate(link);
        console.visible("[data-trace][data-series]");
    }

    /** The pixel of a point, as the chart says. */
    private Position pointOfChart() {
        Object pixel = console.page()
                .evaluate("() => { const p = document.querySelector('chart-page'); const i = p.chart.points.length - 2;"
                        + " return p.drawing.convertToPixel({seriesIndex: 3}, [i, p.chart.points[i].value]); }");
        List<?> xy = (List<?>) pixel;
        return new Position(((Number) xy.get(0)).doubleValue(), ((Number) xy.get(1)).doubleValue());
    }

    @Test
    void anAlarmIsAcknowledgedCommentedAndClosed() {
        console.signIn("admin");
        console.go("#/alarms");
        console.visible("[data-alarms] tbody tr");
        console.shot("alarms");
        console.find("[data-alarms] tbody tr td:nth-child(2)").first().click();
        console.visible("[data-detail]");
        console.find("[data-do=acknowledge]").click();
        assertThat(console.find("[data-detail] .badge.state")).hasText("acknowledged");
        console.find("[data-do=comment]").click();
        console.find("dialog textarea").fill("Nozzle looks worn, <b>PM</b> tonight");
        console.find("dialog button.primary").click();
        assertThat(console.find("[data-notes]")).containsText("<b>PM</b>");
        console.find("[data-do=shelve]").click();
        console.find("dialog button.primary").click();
        assertThat(console.find("[data-detail] .badge.state")).hasText("shelved");
        console.shot("alarm");
        console.find("[data-do=close]").click();
        console.find("dialog textarea").fill("Nozzle replaced");
        console.find("dialog button.primary").click();
        assertThat(console.find("[data-detail] .badge.state")).hasText("closed");
        console.page().keyboard().press("Escape");
        assertThat(console.find("[data-detail]")).hasCount(0);
        console.find("[data-filter=state]").selectOption("closed");
        assertThat(console.find("[data-alarms] tbody tr")).hasCount(1);
    }

    @Test
    void aStrategyIsBackTestedBeforeItIsActivated() {
        console.signIn("admin");
        console.go("#/strategies");
        console.visible("[data-in-force] li");
        Locator document = console.find("textarea[aria-label='Strategy document']");
        assertThat(document).hasValue(Pattern.compile("version: 1"));
        assertThat(console.find("[data-do=activate]")).isDisabled();
        document.fill(document.inputValue() + "\nnosuch: 1\n");
        console.find("[data-do=check]").click();
        assertThat(console.find("[role=alert]")).containsText("nosuch");
        document.fill(document.inputValue().replace("\nnosuch: 1\n", "").replaceFirst("version: 1", "version: 2"));
        console.find("[data-do=check]").click();
        assertThat(console.find("[role=status]")).containsText("version 2");
        console.find("[name=runs]").fill("150");
        console.find("[data-do=backtest]").click();
        console.visible("[data-result]");
        assertThat(console.find("[data-do=activate]")).isEnabled();
        console.find("[name=reason]").fill("trial");
        console.shot("strategy");
        console.find("[data-do=activate]").click();
        assertThat(console.find("[role=status]").first()).containsText("in force");
        assertThat(console.find("[data-in-force]")).containsText("2");
    }

    @Test
    void theBusIsWatchedPausedAndSentTo() {
        console.signIn("admin");
        console.go("#/bus");
        console.visible("[data-tail] div b");
        console.visible("[data-addresses] canvas");
        console.find("input[aria-label=Filter]").fill("processing.stats");
        assertThat(console.find("[data-tail]")).containsText("heldBytes");
        console.find("[data-do=pause]").click();
        assertThat(console.find("[data-do=pause]")).hasAttribute("aria-pressed", "true");
        console.find("[data-do=send]").click();
        assertThat(console.find("[data-answer]")).containsText("hello");
        console.find("input[aria-label=Filter]").fill("");
        console.shot("bus");
        console.go("#/audit");
        console.says("[data-audit]", "sendBusMessage");
        console.says("[data-audit]", "address=console.echo");
    }

    @Test
    void whoOnlyLooksSeesNoButtons() {
        console.go("");
        console.visible("canvas.heat");
        assertThat(console.find("[data-who]")).containsText("anonymous");
        console.go("#/alarms");
        console.visible("[data-alarms] tbody tr");
        console.find("[data-alarms] tbody tr td:nth-child(2)").first().click();
        console.visible("[data-detail]");
        assertThat(console.find("[data-do=acknowledge]")).hasCount(0);
        console.go("#/bus");
        console.visible(".blank.failure");
        console.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        console.find("dialog input").fill("wrong");
        console.find("dialog button.primary").click();
        assertThat(console.find("dialog .note.bad")).isVisible();
        console.find("dialog input").fill(demo.token());
        console.find("dialog button.primary").click();
        assertThat(console.find("[data-who]")).containsText("demo");
    }

    @Test
    void keysLeadThroughThePagesAndTheThemeStays() {
        console.signIn("admin");
        console.visible("canvas.heat");
        console.page().keyboard().press("t");
        assertThat(console.find("html")).hasAttribute("data-theme", "dark");
        console.visible("section.side .badge");
        console.shot("fleet-dark");
        console.page().keyboard().press("g");
        console.page().keyboard().press("a");
        assertThat(console.find("h1").first()).hasText("Alarms");
        console.visible("[data-alarms] tbody tr");
        console.page().keyboard().press("j");
        console.visible("[data-detail]");
        console.page().reload();
        assertThat(console.find("html")).hasAttribute("data-theme", "dark");
        console.visible("[data-detail]");
    }

    private static LocatorAssertions.IsVisibleOptions patience() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(ConsolePage.PATIENCE);
    }
}
