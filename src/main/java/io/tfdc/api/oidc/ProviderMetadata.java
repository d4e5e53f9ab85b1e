package io.tfdc.api.oidc;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0).
 *
 * @param keys where its JWKS document is
 * @param authorization where browsers are sent to log in
 * @param token where codes become tokens
 * @param endSession where browsers are sent to log out
 * @param namesItself whether it puts its name into answers to browsers (RFC 9207)
 */
record ProviderMetadata(
        URI keys, Optional<URI> authorization, Optional<URI> token, Optional<URI> endSession, boolean namesItself) {

    static URI place(String issuer) {
        return URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
    }

    /** @throws ProviderException if it is another provider's, or what it names can't be trusted */
    static ProviderMetadata of(String issuer, JsonObject document) {
        if (!issuer.equals(document.getValue("issuer"))) {
            throw new ProviderException("the provider's configuration is that of another issuer than " + issuer);
        }
        return new ProviderMetadata(
                endpoint(issuer, document, "jwks_uri")
                        .orElseThrow(() -> new ProviderException("the provider's configuration has no jwks_uri")),
                endpoint(issuer, document, "authorization_endpoint"),
                endpoint(issuer, document, "token_endpoint"),
                endpoint(issuer, document, "end_session_endpoint"),
                Boolean.TRUE.equals(document.getValue("authorization_response_iss_parameter_supported")));
    }

    /** Where the issuer is reached by TLS, so is everything of it. */
    private static Optional<URI> endpoint(String issuer, JsonObject document, String name) {
        if (!(document.getValue(name) instanceof String text)) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            boolean safe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && issuer.startsWith("http://"));
            if (safe && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException notUri) {
            // refused below
        }
        throw new ProviderException("the provider's configuration: " + name + " is no https address");
    }
}
