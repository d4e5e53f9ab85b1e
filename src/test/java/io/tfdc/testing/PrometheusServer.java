package io.tfdc.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A Prometheus with a configuration of the test's own, on a free port, with an empty database. */
public final class PrometheusServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final ServerProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(ServerProcess process) {
        this.process = process;
    }

    /** @param configuration its file, other files named in it absolutely or beside it */
    public static PrometheusServer start(Path configuration) {
        Path program = PrometheusTools.obtain().server();
        int port = Machine.freePorts(1)[0];
        try {
            Path folder = Files.createTempDirectory("defender-prometheus-");
            ServerProcess process = new ChildProcess(
                    folder,
                    port,
                    List.of(
                            program.toString(),
                            "--config.file=" + configuration.toAbsolutePath(),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=" + Machine.LOOPBACK + ':' + port,
                            "--log.level=warn"));
            PrometheusServer server = new PrometheusServer(process);
            process.start();
            process.awaitAnswer(START, socket -> server.isReady());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() throws IOException {
        return get("/-/ready").statusCode() == 200;
    }

    /** The series of an instant vector. */
    public List<JsonObject> query(String expression) {
        return series("/api/v1/query?query=" + encoded(expression));
    }

    /** The series of a range with a value each second. */
    public List<JsonObject> query(String expression, Instant from, Instant to) {
        return series("/api/v1/query_range?query=" + encoded(expression) + "&start=" + from.getEpochSecond() + "&end="
                + to.getEpochSecond() + "&step=1");
    }

    private List<JsonObject> series(String path) {
        try {
            JsonObject answer = new JsonObject(get(path).body());
            if (!"success".equals(answer.getString("status"))) {
                throw new AssertionError(path + ": " + answer.encode());
            }
            JsonArray result = answer.getJsonObject("data").getJsonArray("result");
            return IntStream.range(0, result.size())
                    .mapToObj(result::getJsonObject)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(process.log(), e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.port() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String encoded(String expression) {
        return URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.close();
    }
}
