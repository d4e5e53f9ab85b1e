package io.tfdc.api;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bearer tokens: static ones first, then JWTs. Who sends none is nobody, and may look only where the configuration says so. */
public final class Authentication implements Authenticator {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 8192;

    private final @Nullable TokenFile tokens;
    private final @Nullable JwtTokens jwts;
    private final boolean anonymousRead;

    public Authentication(Optional<TokenFile> tokens, Optional<JwtTokens> jwts, boolean anonymousRead) {
        this.tokens = tokens.orElse(null);
        this.jwts = jwts.orElse(null);
        this.anonymousRead = anonymousRead;
    }

    @Override
    public Future<Caller> authenticate(String authorization) {
        if (authorization.isEmpty()) {
            return anonymousRead
                    ? Future.succeededFuture(new Caller(Caller.NOBODY, Set.of(Role.VIEWER)))
                    : Future.failedFuture(unknown());
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || authorization.length() > LONGEST) {
            return Future.failedFuture(unknown());
        }
        String token = authorization.substring(SCHEME.length()).strip();
        TokenFile file = tokens;
        Optional<Caller> known = file == null ? Optional.empty() : file.find(token);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        JwtTokens issuer = jwts;
        return issuer == null ? Future.failedFuture(unknown()) : issuer.authenticate(token);
    }

    static Problem unknown() {
        return new Problem(401, "Not authenticated", "expected the header Authorization: Bearer TOKEN", List.of());
    }
}
