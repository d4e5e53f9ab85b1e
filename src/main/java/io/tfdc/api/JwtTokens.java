package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JWTs of an identity provider, checked by a set of its public keys and by {@link JwtRules}. */
public final class JwtTokens implements TokenVerifier {
    private final JWTAuth auth;
    private final JwtRules rules;

    private JwtTokens(JWTAuth auth, JwtRules rules) {
        this.auth = auth;
        this.rules = rules;
    }

    /**
     * Reads the keys; blocks.
     *
     * @param keys a PEM file with a public key (RS256 or ES256 by its kind), or a JWKS document
     */
    public static JwtTokens open(Vertx vertx, Path keys, JwtRules rules) throws IOException {
        String text = Files.readString(keys);
        if (text.stripLeading().startsWith("{")) {
            return of(vertx, SigningKeys.of(new JsonObject(text)), rules);
        }
        String algorithm = text.contains("EC PUBLIC KEY") ? "ES256" : "RS256";
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(rules.options())
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(text));
        return new JwtTokens(JWTAuth.create(vertx, options), rules);
    }

    /** Takes keys that are known; reading them takes a moment. */
    public static JwtTokens of(Vertx vertx, SigningKeys keys, JwtRules rules) {
        JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(rules.options());
        keys.keys().forEach(options::addJwk);
        return new JwtTokens(JWTAuth.create(vertx, options), rules);
    }

    @Override
    public Future<Caller> authenticate(String token) {
        return claims(token).map(rules::caller);
    }

    /** The claims of a valid token; fails with {@link Problem} 401 for any other. */
    public Future<JsonObject> claims(String token) {
        // The library throws for claims of a kind that it doesn't expect.
        return Future.succeededFuture(token)
                .compose(given -> auth.authenticate(new TokenCredentials(given)))
                .map(JwtTokens::payload)
                .recover(error -> Future.failedFuture(Authentication.unknown()));
    }

    private static JsonObject payload(User user) {
        JsonObject claims = user.attributes().getJsonObject("accessToken", user.principal());
        if (!JwtRules.isComplete(claims)) {
            throw Authentication.unknown();
        }
        return claims;
    }
}
