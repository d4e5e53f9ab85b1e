package io.tfdc.api.oidc;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.api.oidc.SignedToken.Key;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A small OpenID Connect provider that keeps to the rules, until a test makes it break one. */
public final class TestProvider {
    public static final String CLIENT = "defender-console";
    public static final String SECRET = "the client's secret";

    final AtomicInteger configurationFetches = new AtomicInteger();
    final AtomicInteger keyFetches = new AtomicInteger();
    volatile boolean away;
    volatile String namedIssuer;
    /** Changes the claims of the ID tokens to come. */
    volatile java.util.function.UnaryOperator<JsonObject> idClaims = claims -> claims;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger codesMade = new AtomicInteger();
    private volatile List<Key> keys = List.of(Key.rsa("first"));
    private volatile JsonArray extraKeys = new JsonArray();

    public TestProvider(Vertx vertx) {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1"));
        namedIssuer = issuer();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.actualPort() + "/realms/fab";
    }

    Key key() {
        return keys.get(0);
    }

    void publish(Key... published) {
        keys = List.of(published);
    }

    void publishAlso(JsonObject jwk) {
        extraKeys = extraKeys.copy().add(jwk);
    }

    /** What a good token says. */
    JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", issuer())
                .put("aud", "defender")
                .put("sub", "0815")
                .put("preferred_username", "kim")
                .put("iat", now)
                .put("exp", now + 300)
                .put("roles", new JsonArray().add("engineer"));
    }

    /** What a browser does at the authorization endpoint, the person's yes included: yields where it is sent back to. */
    String login(String question) {
        Map<String, String> asked = form(URI.create(question).getRawQuery());
        String code = "code-" + codesMade.incrementAndGet();
        codes.put(code, asked);
        return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path().replace("/realms/fab", "");
        if (path.equals("/.well-known/openid-configuration")) {
            configurationFetches.incrementAndGet();
        } else if (path.equals("/keys")) {
            keyFetches.incrementAndGet();
        }
        if (away) {
            request.response().setStatusCode(503).end("down");
            return;
        }
        switch (path) {
            case "/.well-known/openid-configuration" ->
                json(
                        request,
                        new JsonObject()
                                .put("issuer", namedIssuer)
                                .put("jwks_uri", issuer() + "/keys")
                                .put("authorization_endpoint", issuer() + "/authorize")
                                .put("token_endpoint", issuer() + "/token")
                                .put("end_session_endpoint", issuer() + "/logout"));
            case "/keys" -> {
                JsonArray listed = extraKeys.copy();
                keys.forEach(key -> listed.add(key.jwk()));
                json(request, new JsonObject().put("keys", listed));
            }
            // Whoever comes is known and agrees.
            case "/authorize" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", login(request.absoluteURI()))
                        .end();
            case "/logout" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader(
                                "Location",
                                form(URI.create(request.absoluteURI()).getRawQuery())
                                        .get("post_logout_redirect_uri"))
                        .end();
            case "/token" -> token(request, form(body.toString()));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void token(HttpServerRequest request, Map<String, String> given) {
        Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
        String credentials = java.util.Base64.getEncoder()
                .encodeToString(
                        (CLIENT + ':' + SECRET.replace(" ", "+").replace("'", "%27")).getBytes(StandardCharsets.UTF_8));
        boolean right = asked != null
                && ("Basic " + credentials).equals(request.getHeader("Authorization"))
                && "authorization_code".equals(given.get("grant_type"))
                && asked.get("redirect_uri").equals(given.get("redirect_uri"))
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.get("code_challenge").equals(challenge(given.getOrDefault("code_verifier", "")));
        if (!right) {
            request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
            return;
        }
        JsonObject claims = claims().put("aud", asked.get("client_id")).put("nonce", asked.get("nonce"));
        json(
                request,
                new JsonObject()
                        .put("access_token", "opaque")
                        .put("token_type", "Bearer")
                        .put("id_token", key().sign(idClaims.apply(claims))));
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    private static String challenge(String verifier) {
        try {
            return SignedToken.base64(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> form(String text) {
        return new HashMap<>(Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
    }
}
