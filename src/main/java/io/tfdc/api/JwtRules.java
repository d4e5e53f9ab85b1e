package io.tfdc.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import java.time.Duration;
import java.util.List;

/**
 * What a token must say to count, besides being signed.
 *
 * @param issuer the {@code iss} that is trusted
 * @param audience what must be among its {@code aud}
 * @param leeway by how much the clocks of provider and process may differ
 * @param roles where it says what its bearer may do
 */
public record JwtRules(String issuer, String audience, Duration leeway, RoleClaim roles) {
    private static final int LONGEST_NAME = 128;

    /** The same for tokens to somebody else. */
    public JwtRules withAudience(String other) {
        return new JwtRules(issuer, other, leeway, roles);
    }

    /** Issuer, audience, {@code exp}, {@code nbf} and {@code iat} as the library checks them. */
    JWTOptions options() {
        return new JWTOptions()
                .setIssuer(issuer)
                .setAudience(List.of(audience))
                .setIgnoreExpiration(false)
                .setLeeway(Math.toIntExact(leeway.toSeconds()));
    }

    /** What the library leaves open: a token without an end would count for ever. */
    static boolean isComplete(JsonObject claims) {
        return claims.getValue("exp") instanceof Number && isAudience(claims.getValue("aud"));
    }

    private static boolean isAudience(Object audience) {
        return audience instanceof String || (audience instanceof JsonArray list && !list.isEmpty());
    }

    /** Who the claims are about. */
    public Caller caller(JsonObject claims) {
        Object name = claims.getValue("preferred_username", claims.getValue("sub"));
        if (!(name instanceof String text) || text.isBlank() || text.length() > LONGEST_NAME) {
            throw Authentication.unknown();
        }
        return new Caller(text, roles.of(claims));
    }
}
