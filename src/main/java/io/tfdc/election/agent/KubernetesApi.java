package io.tfdc.election.agent;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Reads from the API server. Answers are bounded in size and time. */
final class KubernetesApi {
    /** A thousand pods of 8 KB. */
    private static final int MAX_BYTES = 8 << 20;

    private final Vertx vertx;
    private final KubernetesSettings settings;
    private final HttpClient client;
    private final boolean tls;
    private final int port;

    KubernetesApi(Vertx vertx, KubernetesSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.tls = "https".equals(settings.server().getScheme());
        this.port = settings.server().getPort() >= 0 ? settings.server().getPort() : tls ? 443 : 80;
        HttpClientOptions options = new HttpClientOptions().setSsl(tls).setConnectTimeout((int)
                settings.timeout().toMillis());
        settings.authorities()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(options);
    }

    /** The object at a path, empty if there is none. */
    Future<Optional<JsonObject>> get(String path) {
        return get(path, Set.of(404));
    }

    /** The object at a path, empty also where this account may not see it. */
    Future<Optional<JsonObject>> getIfAllowed(String path) {
        return get(path, Set.of(403, 404));
    }

    private Future<Optional<JsonObject>> get(String path, Set<Integer> nothing) {
        return vertx.fileSystem()
                .readFile(settings.token().toString())
                .map(token -> token.toString(StandardCharsets.UTF_8).strip())
                .compose(token -> client.request(options(path, token)))
                .compose(HttpClientRequest::send)
                .compose(response -> {
                    if (response.statusCode() == 200) {
                        return body(response).map(bytes -> Optional.of(bytes.toJsonObject()));
                    }
                    return nothing.contains(response.statusCode())
                            ? Future.succeededFuture(Optional.empty())
                            : Future.failedFuture("the API server answered " + response.statusCode());
                });
    }

    private RequestOptions options(String path, String token) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(settings.server().getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(path)
                .setTimeout(settings.timeout().toMillis())
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Accept", "application/json");
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer bytes = Buffer.buffer();
        response.handler(chunk -> {
                    if (bytes.length() + chunk.length() > MAX_BYTES) {
                        body.tryFail("the API server's answer is larger than " + MAX_BYTES + " bytes");
                        response.request().reset();
                    } else {
                        bytes.appendBuffer(chunk);
                    }
                })
                .exceptionHandler(body::tryFail)
                .endHandler(end -> body.tryComplete(bytes));
        return body.future();
    }
}
