package io.tfdc.api.oidc;

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
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Requests to the provider: bounded in time and size, without following redirects, and not traced, since bodies and addresses are secrets. */
final class ProviderClient {
    private static final int LONGEST = 512 << 10;

    private final HttpClient client;
    private final long timeoutMillis;

    ProviderClient(Vertx vertx, OidcSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setTracingPolicy(TracingPolicy.IGNORE);
        settings.authorities()
                .ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.client = vertx.createHttpClient(options);
        this.timeoutMillis = settings.timeout().toMillis();
    }

    Future<JsonObject> get(URI place) {
        return send(place, HttpMethod.GET, Map.of(), Buffer.buffer());
    }

    /** Fails with {@link ProviderException}; the answer's own words aren't part of it. */
    Future<JsonObject> post(URI place, Map<String, String> headers, String form) {
        return send(place, HttpMethod.POST, headers, Buffer.buffer(form));
    }

    private Future<JsonObject> send(URI place, HttpMethod method, Map<String, String> headers, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(place.toString())
                .setTimeout(timeoutMillis)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        headers.forEach(options::putHeader);
        if (method == HttpMethod.POST) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        return client.request(options)
                .compose(request -> answer(request, body))
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        error instanceof ProviderException
                                ? error
                                : new ProviderException(place.getHost() + place.getPath() + " doesn't answer ("
                                        + error.getClass().getSimpleName() + ")")))
                .map(bytes -> json(place, bytes));
    }

    private static Future<Buffer> answer(HttpClientRequest request, Buffer body) {
        return request.send(body).compose(response -> {
            if (response.statusCode() != 200) {
                response.exceptionHandler(reset -> {});
                request.reset();
                return Future.failedFuture(
                        new ProviderException(request.path() + " answers with status " + response.statusCode()));
            }
            return read(request, response);
        });
    }

    private static Future<Buffer> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.handler(part -> {
            if (read.length() + part.length() > LONGEST) {
                request.reset();
                whole.tryFail(new ProviderException(request.path() + ": expected at most " + LONGEST + " bytes"));
            } else {
                read.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(read));
        return whole.future();
    }

    private static JsonObject json(URI place, Buffer bytes) {
        try {
            return bytes.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new ProviderException(place.getHost() + place.getPath() + " answers with something else than JSON");
        }
    }
}
