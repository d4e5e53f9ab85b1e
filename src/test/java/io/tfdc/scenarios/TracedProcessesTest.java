package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.OtlpReceiver;
import io.tfdc.testing.OtlpReceiver.Received;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that are configured to trace: a collector and a defender, NATS and Cassandra between them. */
@Tag("integration")
class TracedProcessesTest extends SiteTest {
    private static final int RUNS = 3;

    @Test
    void aRunIsOneTraceAcrossTwoProcessesAndTheCredentialsAreShownToTheReceiverAlone() throws Exception {
        Vertx vertx = Vertx.vertx();
        OtlpReceiver receiver = new OtlpReceiver(vertx, new HttpServerOptions());
        Path headers = Files.writeString(folder.resolve("headers"), "authorization=Bearer s3cret");
        try (DefenderChild defender = child(receiver, headers, List.of("run", "--set", "pod.name=defender-7"))
                        .awaitReady();
                DefenderChild collector = child(
                        receiver, headers, List.of("simulate", "--runs", "" + RUNS, "--chambers", "1", "--json"))) {
            assertEquals(0, collector.awaitExit(), collector.output());
            eventually("the traces", () -> of("process run", receiver).size() == RUNS);
            defender.terminate();
            assertEquals(0, defender.awaitExit(), defender.output());
            assertFalse((defender.output() + collector.output()).contains("s3cret"));
        }
        assertEquals(RUNS, of("collect run", receiver).size());
        for (Received run : of("collect run", receiver)) {
            Map<String, Received> trace = receiver.spans().stream()
                    .filter(span -> span.trace().equals(run.trace()))
                    .collect(Collectors.toMap(Received::name, span -> span));
            assertEquals(
                    new TreeSet<>(List.of(
                            "collect run",
                            "store T-chart",
                            "publish notification",
                            "process run",
                            "wait for turn",
                            "fetch T-chart",
                            "acknowledge")),
                    new TreeSet<>(trace.keySet()),
                    "no strategy is for these runs, so nothing is computed");
            Received processed = trace.get("process run");
            assertEquals(trace.get("publish notification").id(), processed.parent());
            assertEquals("unmatched", processed.attributes().get("defender.outcome"));
            assertEquals("defender-7", processed.resource().get("service.instance.id"));
            assertEquals("defender-simulate", run.resource().get("service.name"));
        }
        assertTrue(
                receiver.requestHeaders().stream().allMatch(sent -> "Bearer s3cret".equals(sent.get("authorization"))));
        await(vertx.close());
    }

    private DefenderChild child(OtlpReceiver receiver, Path headers, List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(site.settings());
        arguments.addAll(List.of(
                "--set",
                "tracing.enabled=true",
                "--set",
                "tracing.sampleRatio=1",
                "--set",
                "tracing.endpoint=" + receiver.endpoint("http")));
        return DefenderChild.start(new DefenderChild.Launch(
                "256m",
                "io.tfdc.Main",
                arguments,
                Map.of("DEFENDER_TRACING_HEADERS_FILE", headers.toString()),
                line -> {}));
    }

    private static List<Received> of(String name, OtlpReceiver receiver) {
        return receiver.spans().stream()
                .filter(span -> span.name().equals(name))
                .toList();
    }
}
