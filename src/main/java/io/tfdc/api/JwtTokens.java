package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * JWTs of an identity provider, checked by its public keys: signature, expiry, issuer and audience. The roles are texts of a
 * claim, which may lie deeper ({@code realm_access.roles}).
 */
public final class JwtTokens {
    private final JWTAuth auth;
    private final String rolesClaim;

    private JwtTokens(JWTAuth auth, String rolesClaim) {
        this.auth = auth;
        this.rolesClaim = rolesClaim;
    }

    /**
     * Reads the keys; blocks.
     *
     * @param keys a PEM file with a public key (RS256 or ES256 by its kind), or a JWKS document
     * @param issuer the {@code iss} that is trusted
     * @param audience the {@code aud} that must be among the token's
     */
    public static JwtTokens open(Vertx vertx, Path keys, String issuer, String audience, String rolesClaim)
            throws IOException {
        String text = Files.readString(keys);
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions()
                        .setIssuer(issuer)
                        .setAudience(List.of(audience))
                        .setIgnoreExpiration(false)
                        .setLeeway(5));
        if (text.stripLeading().startsWith("{")) {
            JsonArray set = new JsonObject(text).getJsonArray("keys", new JsonArray());
            set.forEach(key -> options.addJwk(publicPart((JsonObject) key)));
        } else {
            String algorithm = text.contains("EC PUBLIC KEY") ? "ES256" : "RS256";
            options.addPubSecKey(new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(text));
        }
        return new JwtTokens(JWTAuth.create(vertx, options), rolesClaim);
    }

    /** A set may name symmetric keys; those would let everybody who can read the file sign. */
    private static JsonObject publicPart(JsonObject key) {
        String type = key.getString("kty", "");
        if (!type.equals("RSA") && !type.equals("EC")) {
            throw new IllegalArgumentException("JWKS: expected keys of type RSA or EC, found \"" + type + '"');
        }
        return key;
    }

    Future<Caller> authenticate(String token) {
        return auth.authenticate(new TokenCredentials(token))
                .map(this::caller)
                .recover(error -> Future.failedFuture(Authentication.unknown()));
    }

    private Caller caller(User user) {
        JsonObject claims = user.principal();
        JsonObject payload = user.attributes().getJsonObject("accessToken", claims);
        String name = payload.getString("preferred_username", payload.getString("sub", ""));
        return new Caller(name, roles(payload));
    }

    private Set<Role> roles(JsonObject claims) {
        Object value = claims;
        for (String step : rolesClaim.split("\\.")) {
            value = value instanceof JsonObject object ? object.getValue(step) : null;
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (value instanceof JsonArray names) {
            names.forEach(one -> Role.of(String.valueOf(one)).ifPresent(roles::add));
        }
        return roles;
    }
}
