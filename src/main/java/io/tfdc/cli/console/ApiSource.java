package io.tfdc.cli.console;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** Asks the API for all that is shown. Blocks; used by one thread at a time. */
public final class ApiSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_TEXT = 300;

    private final HttpClient client;
    private final URI address;
    private final Optional<String> token;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /**
     * @param address of a defender's API, such as {@code https://host:8080}
     * @param tls context for https, empty for that of the Java runtime
     */
    public ApiSource(
            URI address, Optional<String> token, Optional<SSLContext> tls, InstantSource clock, LongSupplier nanos) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.address = address;
        this.token = token;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Asks for everything.
     *
     * @throws IOException if nobody answers, or nobody who knows this API
     */
    public Snapshot read() throws IOException {
        Map<Topic, JsonObject> answers = new EnumMap<>(Topic.class);
        Map<Topic, String> problems = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            HttpResponse<InputStream> response = send(topic);
            try (InputStream body = response.body()) {
                JsonObject json = json(body);
                if (response.statusCode() == 200) {
                    answers.put(topic, json);
                } else {
                    problems.put(topic, problem(response.statusCode(), json));
                }
            }
        }
        return new Snapshot(address.toString(), clock.instant(), nanos.getAsLong(), answers, problems);
    }

    private HttpResponse<InputStream> send(Topic topic) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve("/api/v1" + topic.path)).timeout(PATIENCE);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonObject json(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
        }
        try {
            return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            throw new IOException("this is no defender's API: its answer isn't JSON", e);
        }
    }

    private static String problem(int status, JsonObject json) {
        String text = json.getValue("detail") instanceof String detail ? detail : "status " + status;
        if (status == 401) {
            text = "not signed in: " + text;
        }
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }
}
