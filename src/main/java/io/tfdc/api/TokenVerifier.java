package io.tfdc.api;

import io.vertx.core.Future;

/** Finds out whom a bearer token belongs to. */
@FunctionalInterface
public interface TokenVerifier {
    /** Fails with {@link Problem} 401 for a token that isn't valid, 503 if that can't be told now. */
    Future<Caller> authenticate(String token);
}
