package io.tfdc.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.tfdc.api.Role;
import io.tfdc.api.TokenFile;
import io.tfdc.cli.DefenderCommand;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.Chromium;
import io.tfdc.testing.ConsolePage;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's page about the cluster in front of a real one: three processes, of which one is killed, and an operator at work. */
@Tag("integration")
class ClusterConsoleTest {
    private static final int CHAMBERS = 60;
    private static final Pattern API_PORT = Pattern.compile("apiPort\\W+(\\d+)");
    /** A member that is killed is noticed within seconds; a busy machine takes its time. */
    private static final double PATIENCE = 60_000;

    @TempDir
    private Path folder;

    private final List<Member> members = new ArrayList<>();
    private final TokenFile.Minted token = TokenFile.mint("olga", Set.of(Role.OPERATOR));
    private VertxTestKit kit;
    private NatsServer nats;
    private ScenarioSite site;
    private Path tokens;

    /** A process and where its API is. */
    private record Member(String pod, DefenderChild child, CompletableFuture<Integer> apiPort) {
        String address() throws Exception {
            return "http://127.0.0.1:" + apiPort.get(60, TimeUnit.SECONDS) + '/';
        }
    }

    @BeforeEach
    void open() throws Exception {
        kit = new VertxTestKit(Duration.ofSeconds(3));
        nats = NatsServer.start();
        site = new ScenarioSite(kit.vertx(), folder, Servers.of(nats, CassandraServer.shared()), SampleStrategy.YAML);
        for (int i = 0; i < CHAMBERS; i++) {
            await(site.store.putChamberMetadata(new ChamberMetadata(
                    new ChamberId("ETCH-" + (100 + i / 3), String.valueOf((char) ('A' + i % 3))),
                    100,
                    1,
                    Duration.ofSeconds(60),
                    1_000 * (1 + i % 4),
                    Instant.EPOCH)));
        }
        tokens = Files.writeString(folder.resolve("tokens"), token.line() + '\n');
    }

    @AfterEach
    void close() {
        members.forEach(member -> member.child.close());
        site.close();
        kit.close();
        nats.close();
    }

    private Member start(int number) {
        String pod = "defender-7d9f-" + (char) ('a' + number);
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(site.settings());
        arguments.addAll(List.of(
                "--set",
                "pod.uid=uid-" + pod,
                "--set",
                "pod.name=" + pod,
                "--set",
                "cluster.expectedSize=3",
                "--set",
                "api.host=127.0.0.1",
                "--set",
                "api.tokens=" + tokens));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Member member = new Member(
                pod,
                DefenderChild.start(new DefenderChild.Launch("256m", "io.tfdc.Main", arguments, Map.of(), line -> {
                    Matcher found = API_PORT.matcher(line);
                    if (line.contains("READY") && found.find()) {
                        port.complete(Integer.parseInt(found.group(1)));
                    }
                })),
                port);
        members.add(member);
        return member;
    }

    @Test
    void anOperatorSeesWhoIsThereWhatMovesAndWhoIsLost() throws Exception {
        for (int i = 0; i < 3; i++) {
            start(i);
        }
        for (Member member : members) {
            member.child.awaitReady();
        }
        try (Chromium chromium = Chromium.start();
                ConsolePage console = new ConsolePage(chromium, members.get(0).address(), token.token(), 1440, 1300)) {
            console.signIn("operator");
            console.go("#/cluster");
            count(console.find("[data-members] tbody tr"), 3);
            console.says("[data-chambers]", String.valueOf(CHAMBERS));
            console.says("[data-members] tbody", "★");
            has(console.find("[data-timeline]"), "data-rows", "3");

            console.find("input[type=range]").fill("2");
            console.says("[data-plan]", "chambers would move");
            console.says("[data-plan]", "chambers per member");

            String drained = firstFollower(console);
            console.page().onDialog(com.microsoft.playwright.Dialog::accept);
            row(console, drained).locator("button").click();
            console.says("[data-decisions]", "by olga");
            assertThat(row(console, drained).locator("[data-owned]"))
                    .hasText("0", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
            console.find("[data-decisions] li:has-text('by olga') summary")
                    .first()
                    .click();
            console.says("[data-decisions] details[open] div", drained + " →");
            String text = inATerminal(members.get(0).address());
            assertTrue(text.contains("by olga") && text.contains(drained + ' '), text);
            row(console, drained).locator("button").click();
            console.visible("[role=status].good");
            assertThat(row(console, drained).locator("[data-owned]"))
                    .not()
                    .hasText("0", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));

            Member victim = members.stream()
                    .filter(member -> member != members.get(0) && !leads(console, member.pod))
                    .findFirst()
                    .orElseThrow();
            String lost = console.find("[data-members] tbody tr")
                    .filter(new Locator.FilterOptions().setHasText(victim.pod))
                    .locator("b")
                    .first()
                    .textContent();
            victim.child.kill();
            console.says("[data-decisions]", lost + " vanished");
            assertThat(console.find("[data-timeline]"))
                    .hasAttribute(
                            "data-lost",
                            Pattern.compile("(^| )" + lost + "( |$)"),
                            new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
            has(console.find("[data-timeline]"), "data-rows", "3");
            count(console.find("[data-members] tbody tr"), 2);
            console.find("[data-timeline]").focus();
            console.page().keyboard().press("ArrowLeft");
            console.says("[data-moment]", "v");
            console.find("select[data-minutes]").selectOption("5");
            has(console.find("[data-timeline]"), "data-minutes", "5");
            console.shot("cluster");

            console.go("#/audit");
            console.says("[data-audit]", "command=drain member=" + drained);
            console.says("[data-audit]", "olga");
            console.shot("audit");
        }
        eventually(
                "the store has it",
                () ->
                        await(site.store.audit(
                                        Instant.now().minusSeconds(600),
                                        Instant.now().plusSeconds(60),
                                        "",
                                        10))
                                .stream()
                                .anyMatch(entry -> entry.caller().equals("olga")));
    }

    /** The same, as {@code defender console} prints it. */
    private String inATerminal(String address) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), token.token());
        StringWriter text = new StringWriter();
        String[] arguments = {"console", "--once", "--url", address, "--token-file", file.toString()};
        assertEquals(0, DefenderCommand.run(arguments, new PrintWriter(text), new PrintWriter(text)), text::toString);
        return text.toString();
    }

    private static boolean leads(ConsolePage console, String pod) {
        return console.find("[data-members] tbody tr")
                .filter(new Locator.FilterOptions().setHasText(pod))
                .first()
                .textContent()
                .contains("★");
    }

    /** A member that does not lead. */
    private static String firstFollower(ConsolePage console) {
        return console.find("[data-members] tbody tr")
                .filter(new Locator.FilterOptions().setHasNotText("★"))
                .first()
                .locator("b")
                .first()
                .textContent();
    }

    private static Locator row(ConsolePage console, String id) {
        return console.find("[data-members] tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(console.page()
                                .locator("b", new com.microsoft.playwright.Page.LocatorOptions().setHasText(id))));
    }

    private static void count(Locator found, int number) {
        assertThat(found).hasCount(number, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    private static void has(Locator found, String attribute, String value) {
        assertThat(found)
                .hasAttribute(attribute, value, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
    }
}
