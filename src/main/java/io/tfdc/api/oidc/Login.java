package io.tfdc.api.oidc;

import io.tfdc.api.ApiServer;
import io.tfdc.api.Authenticator;
import io.tfdc.api.Caller;
import io.tfdc.api.SessionCookie;
import io.tfdc.api.SessionReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-in of people by the authorization code flow of OpenID Connect, with PKCE, state and nonce. {@code /auth/login} leads to the provider,
 * {@code /auth/callback} back from it with a session in a cookie that scripts can't read; {@code /auth/session} says whether there is one and
 * {@code /auth/logout} ends it. Nothing is remembered between the steps but by the browser, sealed.
 */
public final class Login implements ApiServer.Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final Duration ATTEMPT = Duration.ofMinutes(10);
    private static final Pattern PLACE = Pattern.compile("/[A-Za-z0-9/_.,:=&?%~-]{0,500}");
    private static final String PURPOSE = "login";
    private static final int LONGEST_CODE = 4096;
    private static final int MOST_EXCHANGES = 32;

    private final LoginSettings settings;
    private final Provider provider;
    private final OidcTokens idTokens;
    private final String issuer;
    private final SealedText sealed;
    private final Sessions sessions;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger exchanges = new AtomicInteger();

    /** @param tokens of the provider that people log in at */
    public Login(LoginSettings settings, OidcTokens tokens, InstantSource clock) {
        this.settings = settings;
        this.provider = tokens.provider();
        this.idTokens = tokens.withAudience(settings.clientId());
        this.issuer = tokens.rules().issuer();
        this.sealed = new SealedText(settings.sessionKey(), "defender " + issuer + ' ' + settings.clientId());
        this.sessions = new Sessions(sealed, settings.session(), clock);
        this.clock = clock;
    }

    /** Knows whom this let in. */
    public SessionReader sessions() {
        return sessions;
    }

    @Override
    public void mount(Vertx vertx, Router router, Authenticator authenticator) {
        router.get("/auth/login").handler(this::login);
        router.get("/auth/callback").handler(this::callback);
        router.get("/auth/session").handler(this::session);
        router.post("/auth/logout").handler(this::logout);
    }

    private void login(RoutingContext context) {
        String wanted = parameter(context, "place").orElse("/");
        LoginAttempt attempt = LoginAttempt.begin(random, PLACE.matcher(wanted).matches() ? wanted : "/");
        provider.metadata()
                .onSuccess(metadata -> {
                    if (metadata.authorization().isEmpty() || metadata.token().isEmpty()) {
                        end(context, 503, "the identity provider offers no log-in for browsers");
                        return;
                    }
                    String kept =
                            sealed.seal(PURPOSE, attempt.json(), clock.instant().plus(ATTEMPT));
                    context.response().addCookie(attemptCookie(kept, ATTEMPT.toSeconds()));
                    redirect(context, attempt.question(metadata.authorization().get(), settings));
                })
                .onFailure(error -> end(context, 503, "the identity provider can't be reached"));
    }

    private void callback(RoutingContext context) {
        Cookie cookie = context.request().getCookie(attemptName());
        Optional<LoginAttempt> kept = Optional.ofNullable(cookie)
                .flatMap(found -> sealed.open(PURPOSE, found.getValue(), clock.instant()))
                .map(LoginAttempt::of);
        context.response().addCookie(attemptCookie("", 0));
        Optional<String> state = parameter(context, "state");
        if (kept.isEmpty() || state.isEmpty() || !kept.get().isAnsweredBy(state.get())) {
            end(context, 400, "this log-in was not begun here, or too long ago");
            return;
        }
        Optional<String> code = parameter(context, "code");
        if (code.isEmpty() || code.get().length() > LONGEST_CODE) {
            end(context, 403, "the identity provider refused");
            return;
        }
        if (exchanges.incrementAndGet() > MOST_EXCHANGES) {
            exchanges.decrementAndGet();
            end(context, 503, "too many log-ins at a time");
            return;
        }
        exchange(kept.get(), code.get(), parameter(context, "iss"))
                .onComplete(done -> exchanges.decrementAndGet())
                .onSuccess(caller -> enter(context, caller, kept.get()))
                .onFailure(error -> {
                    LOG.warn("a log-in failed: {}", error.getMessage());
                    end(context, 403, "the identity provider's answer can't be accepted");
                });
    }

    private Future<Caller> exchange(LoginAttempt attempt, String code, Optional<String> answeredBy) {
        return provider.metadata()
                .compose(metadata -> {
                    // Else a code could be lured out of another provider (RFC 9207).
                    boolean other = answeredBy.map(name -> !name.equals(issuer)).orElse(metadata.namesItself());
                    return other || metadata.token().isEmpty()
                            ? Future.failedFuture(new ProviderException("the answer is from another provider"))
                            : provider.post(metadata.token().get(), credentials(), attempt.exchange(code, settings));
                })
                .compose(answer -> answer.getValue("id_token") instanceof String token
                        ? idTokens.claims(token)
                                .recover(error ->
                                        Future.failedFuture(new ProviderException("the ID token is not valid")))
                        : Future.failedFuture(new ProviderException("the answer has no id_token")))
                .map(claims -> {
                    if (!attempt.nonce().equals(claims.getValue("nonce")) || !isForUs(claims)) {
                        throw new ProviderException("the ID token is that of another log-in");
                    }
                    return idTokens.rules().caller(claims);
                });
    }

    /** One of several audiences has to be told as the party that the token was made for. */
    private boolean isForUs(JsonObject claims) {
        boolean several = claims.getValue("aud") instanceof JsonArray list && list.size() > 1;
        Object party = claims.getValue("azp");
        return party == null ? !several : party.equals(settings.clientId());
    }

    private Map<String, String> credentials() {
        return settings.clientSecret()
                .map(secret -> LoginAttempt.encode(settings.clientId()) + ':' + LoginAttempt.encode(secret))
                .map(pair -> Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))))
                .orElse(Map.of());
    }

    private void enter(RoutingContext context, Caller caller, LoginAttempt attempt) {
        if (caller.roles().isEmpty()) {
            end(context, 403, "you are known, and nothing here is granted to you");
            return;
        }
        LOG.atInfo()
                .addKeyValue("caller", caller.name())
                .addKeyValue("roles", caller.roles())
                .log("logged in");
        context.response()
                .addCookie(
                        sessionCookie(sessions.begin(caller), settings.session().toSeconds()));
        redirect(context, settings.base() + "/#" + attempt.place());
    }

    private void session(RoutingContext context) {
        boolean known =
                sessions.find(SessionCookie.ofRequest(context.request())).isPresent();
        json(context, new JsonObject().put("signedIn", known));
    }

    private void logout(RoutingContext context) {
        if (context.request().getHeader(SessionCookie.HEADER) == null) {
            end(context, 403, "expected the header " + SessionCookie.HEADER);
            return;
        }
        context.response().addCookie(sessionCookie("", 0));
        provider.metadata()
                .map(ProviderMetadata::endSession)
                .otherwise(Optional.empty())
                .onSuccess(place -> json(
                        context,
                        new JsonObject()
                                .put(
                                        "next",
                                        place.map(uri -> uri
                                                        + (uri.getRawQuery() == null ? "?" : "&")
                                                        + LoginAttempt.form(Map.of(
                                                                "client_id",
                                                                settings.clientId(),
                                                                "post_logout_redirect_uri",
                                                                settings.base() + '/')))
                                                .orElse("/"))));
    }

    /** Not sent with requests that other sites cause. */
    private Cookie sessionCookie(String value, long seconds) {
        String name = settings.isSecure() ? SessionCookie.SECURE : SessionCookie.PLAIN;
        return cookie(name, value, seconds, CookieSameSite.STRICT);
    }

    /** Sent when the provider leads the browser back. */
    private Cookie attemptCookie(String value, long seconds) {
        return cookie(attemptName(), value, seconds, CookieSameSite.LAX);
    }

    private String attemptName() {
        return settings.isSecure() ? "__Host-defender-login" : "defender-login";
    }

    private Cookie cookie(String name, String value, long seconds, CookieSameSite site) {
        return Cookie.cookie(name, value)
                .setHttpOnly(true)
                .setSecure(settings.isSecure())
                .setSameSite(site)
                .setPath("/")
                .setMaxAge(seconds);
    }

    /** A parameter that is given once. */
    private static Optional<String> parameter(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static void redirect(RoutingContext context, String place) {
        guarded(context).setStatusCode(302).putHeader("Location", place).end();
    }

    private static void json(RoutingContext context, JsonObject body) {
        guarded(context).putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    private static void end(RoutingContext context, int status, String why) {
        guarded(context)
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("Not logged in: " + why + ".\n");
    }

    /** Addresses here carry codes: they are neither kept nor told to anybody. */
    private static HttpServerResponse guarded(RoutingContext context) {
        return context.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
