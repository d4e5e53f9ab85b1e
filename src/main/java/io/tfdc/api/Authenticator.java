package io.tfdc.api;

import io.vertx.core.Future;

/** Finds out who calls. */
@FunctionalInterface
public interface Authenticator {
    /**
     * The caller behind an {@code Authorization} header.
     *
     * @param authorization the header, empty if there is none
     * @return fails with {@link Problem} 401 for credentials that are missing or wrong, without saying which of it
     */
    Future<Caller> authenticate(String authorization);

    /**
     * The same for a browser, which may have a session instead of a token.
     *
     * @param session as {@link SessionCookie} reads it, empty if there is none
     */
    default Future<Caller> authenticate(String authorization, String session) {
        return authenticate(authorization);
    }
}
