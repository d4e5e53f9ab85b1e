package io.tfdc.api.oidc;

import io.tfdc.api.Authentication;
import io.tfdc.api.Caller;
import io.tfdc.api.JwtRules;
import io.tfdc.api.JwtTokens;
import io.tfdc.api.TokenVerifier;
import io.tfdc.api.oidc.Provider.Known;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an OpenID Connect provider, checked by the keys that it publishes. While nothing is known of the provider a token is answered
 * with 503: it may be a good one.
 */
public final class OidcTokens implements TokenVerifier {
    private static final int LONGEST_KEY_ID = 256;

    private final Vertx vertx;
    private final Provider provider;
    private final JwtRules rules;
    private volatile @Nullable Checker checker;

    OidcTokens(Vertx vertx, Provider provider, JwtRules rules) {
        this.vertx = vertx;
        this.provider = provider;
        this.rules = rules;
    }

    /** Asks the provider when the first token comes. */
    public static OidcTokens of(Vertx vertx, OidcSettings settings, JwtRules rules) {
        return of(vertx, settings, rules, System::nanoTime);
    }

    static OidcTokens of(Vertx vertx, OidcSettings settings, JwtRules rules, LongSupplier nanos) {
        return new OidcTokens(vertx, new Provider(vertx, settings, nanos), rules);
    }

    private record Checker(Known known, JwtTokens tokens) {}

    Provider provider() {
        return provider;
    }

    JwtRules rules() {
        return rules;
    }

    /** The same provider's tokens for another audience. */
    OidcTokens withAudience(String audience) {
        return new OidcTokens(vertx, provider, rules.withAudience(audience));
    }

    @Override
    public Future<Caller> authenticate(String token) {
        return claims(token).map(rules::caller);
    }

    /** The claims of a valid token; fails with a problem 401 or 503. */
    Future<JsonObject> claims(String token) {
        String keyId = keyId(token);
        if (keyId == null) {
            return Future.failedFuture(Authentication.unknown());
        }
        return provider.withKey(keyId)
                .recover(error -> Future.failedFuture(Authentication.undecided()))
                .compose(known -> known.keys().know(keyId)
                        ? tokens(known).claims(token)
                        : Future.failedFuture(Authentication.unknown()));
    }

    private JwtTokens tokens(Known known) {
        Checker now = checker;
        if (now == null || now.known() != known) {
            now = new Checker(known, JwtTokens.of(vertx, known.keys(), rules));
            checker = now;
        }
        return now.tokens();
    }

    /** The key that a token names, empty if it names none; null for what is no signed token, which costs nobody a request. */
    static @Nullable String keyId(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return null;
        }
        try {
            JsonObject header =
                    new JsonObject(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
            Object algorithm = header.getValue("alg");
            Object id = header.getValue("kid", "");
            boolean asymmetric = algorithm instanceof String text && text.matches("(RS|PS|ES)(256|384|512)");
            // Extensions that must be understood are not (RFC 7515, 4.1.11).
            return asymmetric
                            && !header.containsKey("crit")
                            && id instanceof String text
                            && text.length() <= LONGEST_KEY_ID
                    ? text
                    : null;
        } catch (IllegalArgumentException | DecodeException e) {
            return null;
        }
    }
}
