package io.tfdc.api.oidc;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.api.Authentication;
import io.tfdc.api.JwtRules;
import io.tfdc.api.Role;
import io.tfdc.api.RoleClaim;
import io.tfdc.api.SessionCookie;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser, the console's log-in, and a provider. */
class LoginTest {
    private static final String KEY = "a key of at least thirty-two characters";

    private final VertxTestKit kit = new VertxTestKit(Duration.ofSeconds(5));
    private final TestProvider provider = new TestProvider(kit.vertx());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = serve(KEY, "http://127.0.0.1");

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void somebodyLogsInLooksAndLogsOut() throws Exception {
        HttpResponse<String> question = get("/auth/login?place=%2Fchart%2FETCH01%2FA");
        assertEquals(302, question.statusCode());
        String asked = location(question);
        Map<String, String> fields = TestProvider.form(URI.create(asked).getRawQuery());
        assertEquals("code", fields.get("response_type"));
        assertEquals("S256", fields.get("code_challenge_method"));
        assertEquals("openid profile", fields.get("scope"));
        assertTrue(fields.get("state").length() >= 43 && fields.get("nonce").length() >= 43);
        String kept = cookie(question, "defender-login");
        assertTrue(kept.contains("HTTPOnly") && kept.contains("SameSite=Lax") && kept.contains("Path=/;"), kept);
        assertFalse(kept.contains(fields.get("state")), "the browser can't read what it keeps");

        HttpResponse<String> answer = get(callback(provider.login(asked)), "Cookie", pair(kept));
        assertEquals(302, answer.statusCode(), answer.body());
        assertTrue(location(answer).endsWith("/#/chart/ETCH01/A"), location(answer));
        String session = cookie(answer, SessionCookie.PLAIN);
        assertTrue(
                session.contains("HTTPOnly") && session.contains("SameSite=Strict") && session.contains("Path=/;"),
                session);
        assertTrue(cookie(answer, "defender-login").contains("Max-Age=0"), "the attempt is over");
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));

        assertEquals("kim [engineer, viewer]", who(pair(session)));
        assertEquals(
                401,
                get("/who", "Cookie", pair(session)).statusCode(),
                "a cookie alone is what another site can make a browser send");
        assertTrue(new JsonObject(get("/auth/session", "Cookie", pair(session), SessionCookie.HEADER, "1")
                        .body())
                .getBoolean("signedIn"));

        assertEquals(403, post("/auth/logout", "Cookie", pair(session)).statusCode());
        HttpResponse<String> out = post("/auth/logout", "Cookie", pair(session), SessionCookie.HEADER, "1");
        assertTrue(cookie(out, SessionCookie.PLAIN).contains("Max-Age=0"));
        assertTrue(new JsonObject(out.body()).getString("next").startsWith(provider.issuer() + "/logout?"), out.body());
    }

    @Test
    void overTlsCookiesAreForTlsAlone() throws Exception {
        int secure = serve(KEY, "https://defender.site");
        HttpResponse<String> question = get(secure, "/auth/login");
        String kept = cookie(question, "__Host-defender-login");
        assertTrue(kept.contains("Secure"), kept);
        HttpResponse<String> answer = get(secure, callback(provider.login(location(question))), "Cookie", pair(kept));
        String session = cookie(answer, SessionCookie.SECURE);
        assertTrue(session.contains("Secure") && session.contains("Path=/;"), session);
        assertEquals("https://defender.site/#/", location(answer));
    }

    @Test
    void aCookieOfThePlainNameCountsOnTheMachineItselfAlone() throws Exception {
        String session = pair(cookie(login(), SessionCookie.PLAIN));
        assertEquals(200, as("127.0.0.1:" + port, "/who", session, "http://127.0.0.1:" + port));
        assertEquals(401, as("defender.site", "/who", session, "https://defender.site"));
    }

    @Test
    void aSocketHasTheSessionIfThePageIsOurs() throws Exception {
        String session = SessionCookie.SECURE
                + '='
                + pair(cookie(login(), SessionCookie.PLAIN)).replace("defender=", "");
        assertEquals(200, as("defender.site", "/socket", session, "https://defender.site"));
        assertEquals(200, as("defender.site:8443", "/socket", session, "https://defender.site:8443"));
        for (String origin : List.of(
                "https://evil.site", "https://defender.site.evil.site", "https://defender.site:1", "null", "")) {
            assertEquals(401, as("defender.site", "/socket", session, origin), origin);
        }
    }

    private int as(String host, String path, String cookie, String origin) {
        HttpClientRequest request = await(kit.vertx()
                .createHttpClient()
                .request(new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path)
                        .putHeader("Host", host)
                        .putHeader("Origin", origin)
                        .putHeader("Cookie", cookie)
                        .putHeader(SessionCookie.HEADER, "1")));
        return await(request.send()).statusCode();
    }

    @Test
    void anAnswerCountsInTheBrowserThatAskedAndOnce() throws Exception {
        HttpResponse<String> question = get("/auth/login");
        String kept = pair(cookie(question, "defender-login"));
        String answer = callback(provider.login(location(question)));
        String other = pair(cookie(get("/auth/login"), "defender-login"));
        assertEquals(400, get(answer).statusCode(), "no cookie");
        assertEquals(400, get(answer, "Cookie", other).statusCode(), "another log-in's cookie");
        assertEquals(400, get(answer, "Cookie", kept + "x").statusCode(), "a changed cookie");
        assertEquals(
                400,
                get(answer.replaceAll("state=[^&]*", "state="), "Cookie", kept).statusCode(),
                "no state");
        assertEquals(400, get(answer + "&state=x", "Cookie", kept).statusCode(), "two states");
        assertEquals(302, get(answer, "Cookie", kept).statusCode());
        assertEquals(403, get(answer, "Cookie", kept).statusCode(), "the code is used up");
    }

    @Test
    void anAnswerThatComesTooLateIsNone() throws Exception {
        HttpResponse<String> question = get("/auth/login");
        String answer = callback(provider.login(location(question)));
        now.updateAndGet(time -> time.plusSeconds(601));
        assertEquals(
                400,
                get(answer, "Cookie", pair(cookie(question, "defender-login"))).statusCode());
    }

    @Test
    void anIdTokenThatIsNotForThisLogInIsRefused() throws Exception {
        provider.idClaims = claims -> claims.put("nonce", "another");
        refused(login());
        provider.idClaims = claims -> {
            claims.remove("nonce");
            return claims;
        };
        refused(login());
        provider.idClaims = claims -> claims.put("aud", "defender");
        refused(login());
        provider.idClaims = claims ->
                claims.put("aud", new JsonArray().add(TestProvider.CLIENT).add("mail"));
        refused(login());
        provider.idClaims = claims -> claims.put("azp", "mail");
        refused(login());
        provider.idClaims = claims -> claims.put("exp", 1);
        refused(login());
        provider.idClaims = claims -> claims.put("azp", TestProvider.CLIENT);
        assertEquals(302, login().statusCode());
    }

    @Test
    void anAnswerInTheNameOfAnotherProviderIsRefused() throws Exception {
        HttpResponse<String> question = get("/auth/login");
        String kept = pair(cookie(question, "defender-login"));
        String answer = callback(provider.login(location(question)));
        refused(get(answer + "&iss=https%3A%2F%2Felsewhere", "Cookie", kept));
    }

    @Test
    void whoHasNoRoleIsNotLetIn() throws Exception {
        provider.idClaims = claims -> claims.put("roles", new JsonArray().add("chief"));
        HttpResponse<String> answer = login();
        refused(answer);
        assertTrue(answer.body().contains("nothing here is granted"), answer.body());
    }

    @Test
    void aSessionEndsAndCanNotBeMadeUp() throws Exception {
        String session = pair(cookie(login(), SessionCookie.PLAIN));
        assertEquals("kim [engineer, viewer]", who(session));
        char last = session.charAt(session.length() - 5);
        String changed = session.substring(0, session.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + session.substring(session.length() - 4);
        assertEquals("401", who(changed));
        String attempt = pair(cookie(get("/auth/login"), "defender-login"));
        assertEquals("401", who(attempt.replace("defender-login=", "defender=")), "sealed for another purpose");
        int sameKey = serve(KEY, "http://127.0.0.1");
        assertEquals(
                200,
                get(sameKey, "/who", "Cookie", session, SessionCookie.HEADER, "1")
                        .statusCode());
        int otherKey = serve("another key of thirty-two characters", "http://127.0.0.1");
        assertEquals(
                401,
                get(otherKey, "/who", "Cookie", session, SessionCookie.HEADER, "1")
                        .statusCode());
        now.updateAndGet(time -> time.plus(Duration.ofHours(8)));
        assertEquals("401", who(session));
    }

    @Test
    void aLogInLeadsBackToTheConsoleAndNowhereElse() throws Exception {
        for (String place :
                new String[] {"https://evil.site", "//evil.site", "/x\r\nSet-Cookie: a=b", "javascript:x"}) {
            HttpResponse<String> question = get(
                    "/auth/login?place=" + java.net.URLEncoder.encode(place, java.nio.charset.StandardCharsets.UTF_8));
            HttpResponse<String> answer = get(
                    callback(provider.login(location(question))), "Cookie", pair(cookie(question, "defender-login")));
            assertTrue(location(answer).startsWith("http://127.0.0.1/#/"), location(answer));
            assertNotEquals("evil.site", URI.create(location(answer)).getHost());
        }
    }

    @Test
    void withoutTheProviderNobodyLogsInAndWhoIsInStays() throws Exception {
        String session = pair(cookie(login(), SessionCookie.PLAIN));
        HttpResponse<String> question = get("/auth/login");
        provider.away = true;
        String answer = callback(provider.login(location(question)));
        refused(get(answer, "Cookie", pair(cookie(question, "defender-login"))));
        assertEquals("kim [engineer, viewer]", who(session));
        int fresh = serve(KEY, "http://127.0.0.1");
        assertEquals(503, get(fresh, "/auth/login").statusCode());
    }

    private HttpResponse<String> login() throws Exception {
        HttpResponse<String> question = get("/auth/login");
        return get(callback(provider.login(location(question))), "Cookie", pair(cookie(question, "defender-login")));
    }

    private void refused(HttpResponse<String> answer) {
        assertEquals(403, answer.statusCode(), answer.body());
        assertTrue(
                answer.headers().allValues("Set-Cookie").stream().noneMatch(set -> set.startsWith("defender=")),
                answer.headers().map().toString());
    }

    private String who(String cookie) throws Exception {
        HttpResponse<String> answer = get("/who", "Cookie", cookie, SessionCookie.HEADER, "1");
        return answer.statusCode() == 200 ? answer.body() : Integer.toString(answer.statusCode());
    }

    private int serve(String key, String publicUrl) {
        JwtRules rules =
                new JwtRules(provider.issuer(), "defender", Duration.ofSeconds(5), new RoleClaim("roles", Map.of()));
        OidcTokens tokens = OidcTokens.of(
                kit.vertx(),
                new OidcSettings(
                        provider.issuer(),
                        Duration.ofHours(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Optional.empty()),
                rules);
        Login login = new Login(
                new LoginSettings(
                        TestProvider.CLIENT,
                        Optional.of(TestProvider.SECRET),
                        URI.create(publicUrl),
                        List.of("openid", "profile"),
                        key,
                        Duration.ofHours(8)),
                tokens,
                now::get);
        Authentication authentication =
                new Authentication(Optional.empty(), Optional.of(tokens), Optional.of(login.sessions()), false);
        Router router = Router.router(kit.vertx());
        login.mount(kit.vertx(), router, authentication);
        router.get("/who")
                .handler(context -> tell(context, authentication, SessionCookie.ofRequest(context.request())));
        router.get("/socket")
                .handler(context -> tell(context, authentication, SessionCookie.ofSocket(context.request())));
        HttpServer server =
                await(kit.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private static void tell(RoutingContext context, Authentication authentication, String session) {
        authentication
                .authenticate("", session)
                .onSuccess(caller -> context.end(caller.name()
                        + ' '
                        + caller.roles().stream().map(Role::text).sorted().toList()))
                .onFailure(error -> context.response().setStatusCode(401).end());
    }

    /** The public address is another one than that of this test's server, as behind a proxy. */
    private static String callback(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + '?' + uri.getRawQuery();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return get(port, path, headers);
    }

    private HttpResponse<String> get(int at, String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)), headers);
    }

    private HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .POST(HttpRequest.BodyPublishers.noBody()),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response.body()));
    }

    private static String cookie(HttpResponse<?> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(name + '='))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        name + " is missing: " + response.headers().map() + response.body()));
    }

    private static String pair(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
