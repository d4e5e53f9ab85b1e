package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.TChart;
import io.tfdc.testing.SampleRuns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code defender dlq} on a real nats-server: what was given up is shown, replayed and dropped. */
@Tag("integration")
class DlqCommandTest extends SiteTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");

    private final SampleRuns runs = SampleRuns.small();

    @Test
    void deadLettersAreListedShownReplayedAndDropped() throws Exception {
        for (int number = 0; number < 3; number++) {
            TChart good = runs.run(CHAMBER, number);
            site.store(new TChart(good.context(), good.svids(), good.stepSvid(), List.of(new byte[] {1, 2, 3})));
            site.announce(runs, CHAMBER, number);
        }
        try (DefenderChild child = site.run().awaitReady()) {
            eventually("three letters", () -> await(site.letters.size()) == 3);
            JsonArray listed = new JsonArray(dlq("list", "--json"));
            assertEquals(3, listed.size());
            JsonObject first = listed.getJsonObject(0);
            assertEquals("dc.ETCH01.A.completed", first.getString("subject"));
            assertEquals("TraceException", first.getString("error"));
            assertTrue(first.getString("reason").contains("ETCH01:A:ctx_00000, blob 0"), first.encode());
            String sequence = first.getLong("sequence").toString();
            assertTrue(dlq("show", sequence).contains("ctx_00000"));

            site.store(runs.run(CHAMBER, 0));
            assertEquals("1 notification replayed", dlq("replay", sequence));
            eventually(
                    "the replayed run is processed", () -> site.charts(CHAMBER).size() == 1);
            assertEquals("{\"dropped\":[2,3]}", dlq("drop", "--all", "--json"));
            assertEquals("no dead letters", dlq("list"));
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
        }
    }

    private String dlq(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("dlq"));
        command.addAll(List.of(arguments));
        command.addAll(site.settings());
        try (DefenderChild child = DefenderChild.start(command)) {
            assertEquals(0, child.awaitExit(), child.output());
            return child.output()
                    .lines()
                    .filter(line -> !line.startsWith("{\"time\""))
                    .reduce((a, b) -> a + '\n' + b)
                    .orElse("");
        }
    }
}
