package io.tfdc.api;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens: static ones first, then those of an identity provider; without a token the session of a browser. Who sends nothing of that is
 * nobody, and may look only where the configuration says so.
 */
public final class Authentication implements Authenticator {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 8192;

    private final @Nullable TokenFile tokens;
    private final @Nullable TokenVerifier verifier;
    private final @Nullable SessionReader sessions;
    private final boolean anonymousRead;

    public Authentication(
            Optional<TokenFile> tokens, Optional<? extends TokenVerifier> verifier, boolean anonymousRead) {
        this(tokens, verifier, Optional.empty(), anonymousRead);
    }

    public Authentication(
            Optional<TokenFile> tokens,
            Optional<? extends TokenVerifier> verifier,
            Optional<SessionReader> sessions,
            boolean anonymousRead) {
        this.tokens = tokens.orElse(null);
        this.verifier = verifier.orElse(null);
        this.sessions = sessions.orElse(null);
        this.anonymousRead = anonymousRead;
    }

    @Override
    public Future<Caller> authenticate(String authorization) {
        return authenticate(authorization, "");
    }

    @Override
    public Future<Caller> authenticate(String authorization, String session) {
        if (authorization.isEmpty()) {
            return withoutToken(session);
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
        TokenVerifier issuer = verifier;
        return issuer == null ? Future.failedFuture(unknown()) : issuer.authenticate(token);
    }

    /** A session that has ended counts as none. */
    private Future<Caller> withoutToken(String session) {
        SessionReader reader = sessions;
        Optional<Caller> known = reader == null || session.isEmpty() ? Optional.empty() : reader.find(session);
        return known.map(Future::succeededFuture)
                .orElseGet(() -> anonymousRead
                        ? Future.succeededFuture(new Caller(Caller.NOBODY, Set.of(Role.VIEWER)))
                        : Future.failedFuture(unknown()));
    }

    /** Credentials that are missing or wrong. */
    public static RuntimeException unknown() {
        return unknownCaller();
    }

    /** Credentials of which nobody can say now whether they are right. */
    public static RuntimeException undecided() {
        return Problem.unavailable("the identity provider can't be reached");
    }

    static Problem unknownCaller() {
        return new Problem(401, "Not authenticated", "expected the header Authorization: Bearer TOKEN", List.of());
    }
}
