package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfo;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.model.CompletionNotification;
import io.tfdc.testing.NatsServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @Tag("integration")
    void runsAreStoredAndAnnouncedOnARealBroker() throws Exception {
        try (NatsServer server = NatsServer.start()) {
            int code = run(
                    "--runs",
                    "120",
                    "--rate",
                    "0",
                    "--chambers",
                    "7",
                    "--json",
                    "--faults",
                    "0.2",
                    "--learning",
                    "0",
                    "--set",
                    "nats.servers=" + server.url(),
                    "--set",
                    "nats.replicas=1",
                    "--set",
                    "logging.level=warn",
                    "--set",
                    "store.kind=sqlite",
                    "--set",
                    "store.file=" + folder.resolve("charts.db"));
            assertEquals(0, code, err::toString);
            JsonNode summary = new ObjectMapper().readTree(out.toString());
            assertEquals(120, summary.path("runs").asInt(), out::toString);
            assertTrue(summary.path("tChartBytes").asLong() > 100_000, out::toString);
            assertTrue(summary.path("faults").size() > 3, out::toString);
            try (Connection nats = Nats.connect(server.url())) {
                StreamInfo stream = nats.jetStreamManagement().getStreamInfo("dc-notifications");
                assertEquals(120, stream.getStreamState().getMsgCount());
                CompletionNotification first = NotificationCodec.decode(nats.jetStreamManagement()
                        .getMessage("dc-notifications", 1)
                        .getData());
                assertEquals("product", first.attributes().get("waferType"));
            }
        }
    }

    @Test
    void numbersOutOfRangeAreRefusedBeforeAnythingIsOpened() {
        for (List<String> wrong : List.of(
                List.of("--chambers", "6001"),
                List.of("--chambers", "0"),
                List.of("--rate", "-1"),
                List.of("--runs", "0"),
                List.of("--outstanding", "0"))) {
            assertEquals(2, run(wrong.toArray(String[]::new)), () -> wrong + ": " + err);
        }
        assertEquals(2, run("--faults", "2"));
        assertTrue(err.toString().contains("fault rate"), err::toString);
    }

    private int run(String... args) {
        List<String> line = new ArrayList<>(List.of("simulate"));
        line.addAll(List.of(args));
        return DefenderCommand.run(line.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    }
}
