package io.tfdc.api.oidc;

import io.tfdc.api.SigningKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity provider as it is known now: its configuration and its keys, fetched when they are first needed, when they are old, and when a
 * token names a key that isn't among them. Fetches follow one another with a pause in between, whatever tokens come. What was known stays
 * until something better is: an outage of the provider is not one of the API. Safe for use from any thread.
 */
final class Provider {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    private final OidcSettings settings;
    private final ProviderClient client;
    private final LongSupplier nanos;
    private @Nullable Known known;
    private @Nullable Future<Known> fetching;
    private long lastFetch;
    private boolean fetched;

    Provider(Vertx vertx, OidcSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.client = new ProviderClient(vertx, settings);
        this.nanos = nanos;
    }

    /** What was fetched at one time; equal objects are the same keys. */
    record Known(ProviderMetadata metadata, SigningKeys keys, long at) {}

    /** What is known, with the key if the provider has it; fails with {@link ProviderException} if nothing is known. */
    synchronized Future<Known> withKey(String keyId) {
        Known now = known;
        if (now != null && now.keys().know(keyId)) {
            if (nanos.getAsLong() - now.at() > settings.keysEvery().toNanos() && mayFetch()) {
                fetch();
            }
            return Future.succeededFuture(now);
        }
        Future<Known> underWay = fetching;
        if (underWay == null && mayFetch()) {
            underWay = fetch();
        }
        if (underWay != null) {
            return now == null ? underWay : underWay.otherwise(now);
        }
        return now == null
                ? Future.failedFuture(new ProviderException("the identity provider could not be reached"))
                : Future.succeededFuture(now);
    }

    /** Its configuration, whatever its keys. */
    Future<ProviderMetadata> metadata() {
        return withKey("").map(Known::metadata);
    }

    /** Sends a form to one of its endpoints. */
    Future<JsonObject> post(URI place, Map<String, String> headers, String form) {
        return client.post(place, headers, form);
    }

    private boolean mayFetch() {
        return fetching == null
                && (!fetched
                        || nanos.getAsLong() - lastFetch
                                >= settings.keysAtMostEvery().toNanos());
    }

    private Future<Known> fetch() {
        lastFetch = nanos.getAsLong();
        fetched = true;
        Future<Known> fetch = client.get(ProviderMetadata.place(settings.issuer()))
                .map(document -> ProviderMetadata.of(settings.issuer(), document))
                .compose(metadata -> client.get(metadata.keys())
                        .map(SigningKeys::of)
                        .map(keys -> new Known(metadata, keys, nanos.getAsLong())));
        fetching = fetch;
        fetch.onComplete(done -> {
            synchronized (this) {
                fetching = null;
                if (done.succeeded()) {
                    known = done.result();
                }
            }
            if (done.failed()) {
                LOG.warn("keys of {} can't be fetched, those known stay: {}", settings.issuer(), message(done.cause()));
            }
        });
        return fetch.recover(error -> Future.failedFuture(
                error instanceof ProviderException ? error : new ProviderException(message(error))));
    }

    private static String message(Throwable error) {
        return String.valueOf(error.getMessage());
    }
}
