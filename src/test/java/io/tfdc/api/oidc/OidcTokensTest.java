package io.tfdc.api.oidc;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.api.Caller;
import io.tfdc.api.JwtRules;
import io.tfdc.api.Role;
import io.tfdc.api.RoleClaim;
import io.tfdc.api.oidc.SignedToken.Key;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens against a provider with keys of its own that come and go. */
class OidcTokensTest {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final VertxTestKit kit = new VertxTestKit(Duration.ofSeconds(5));
    private final TestProvider provider = new TestProvider(kit.vertx());
    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private final OidcTokens tokens = tokens(new RoleClaim("roles", Map.of()));

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void tokensSignedByRsaAndByEcLetIn() {
        Key ec = Key.ec("curve");
        provider.publish(provider.key(), ec);
        for (Key key : List.of(provider.key(), ec)) {
            Caller kim = await(tokens.authenticate(key.sign(provider.claims())));
            assertEquals("kim", kim.name());
            assertEquals(Set.of(Role.ENGINEER, Role.VIEWER), kim.roles());
        }
        assertEquals(1, provider.keyFetches.get());
    }

    @Test
    void aTokenThatNamesNoKeyIsTriedWithAllOfItsAlgorithm() {
        Key second = Key.rsa("second");
        provider.publish(provider.key(), second);
        assertEquals(
                "kim",
                await(tokens.authenticate(second.sign(new JsonObject().put("alg", "RS256"), provider.claims())))
                        .name());
    }

    @Test
    void whateverIsWrongWithATokenKeepsItOut() {
        Key key = provider.key();
        Key forger = new Key(key.id(), "RS256", Key.rsa("x").pair());
        long now = Instant.now().getEpochSecond();
        JsonObject good = provider.claims();
        JsonObject header = new JsonObject().put("alg", "RS256").put("kid", key.id());
        String[] parts = key.sign(good).split("\\.");
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("another issuer", key.sign(good.copy().put("iss", "https://other")));
        wrong.put("no issuer", key.sign(without(good, "iss")));
        wrong.put("another audience", key.sign(good.copy().put("aud", "mail")));
        wrong.put(
                "other audiences",
                key.sign(good.copy().put("aud", new JsonArray().add("mail").add("chat"))));
        wrong.put("no audience", key.sign(without(good, "aud")));
        wrong.put("an empty audience", key.sign(good.copy().put("aud", new JsonArray())));
        wrong.put("expired", key.sign(good.copy().put("exp", now - 60)));
        wrong.put("without end", key.sign(without(good, "exp")));
        wrong.put("an end that is a text", key.sign(good.copy().put("exp", "never")));
        wrong.put("not yet", key.sign(good.copy().put("nbf", now + 60)));
        wrong.put("issued in the future", key.sign(good.copy().put("iat", now + 60)));
        wrong.put("without a name", key.sign(without(without(good, "preferred_username"), "sub")));
        wrong.put("none, unsigned", SignedToken.base64("{\"alg\":\"none\"}") + '.' + parts[1] + '.');
        wrong.put("none, two parts", SignedToken.base64("{\"alg\":\"none\"}") + '.' + parts[1]);
        wrong.put("none, with a signature", SignedToken.base64("{\"alg\":\"none\"}") + '.' + parts[1] + '.' + parts[2]);
        wrong.put("None", SignedToken.base64("{\"alg\":\"None\"}") + '.' + parts[1] + '.' + parts[2]);
        for (byte[] secret : List.of(
                key.pair().getPublic().getEncoded(),
                key.jwk().getString("n").getBytes(),
                key.jwk().encode().getBytes())) {
            wrong.put(
                    "the public key as a secret, " + secret.length,
                    SignedToken.hmac(header.copy().put("alg", "HS256"), good, secret));
        }
        wrong.put("a forger's key", forger.sign(good));
        wrong.put("a forger's key in the header", forger.sign(header.copy().put("jwk", forger.jwk()), good));
        wrong.put("another algorithm", key.sign(header.copy().put("alg", "RS512"), good));
        wrong.put("the algorithm of another kind of key", key.sign(header.copy().put("alg", "ES256"), good));
        wrong.put(
                "extensions that must be understood",
                key.sign(header.copy().put("crit", new JsonArray().add("b64")), good));
        wrong.put(
                "changed",
                parts[0]
                        + '.'
                        + SignedToken.base64(good.copy().put("sub", "boss").encode())
                        + '.'
                        + parts[2]);
        wrong.put("no token", "a.b.c");
        wrong.put("nothing", "");
        List<String> letIn = new ArrayList<>();
        wrong.forEach((what, token) -> {
            try {
                await(tokens.authenticate(token));
                letIn.add(what);
            } catch (RuntimeException expected) {
                assertTrue(expected.getMessage().contains("Bearer"), what + ": " + expected);
            }
        });
        assertEquals(List.of(), letIn);
        assertEquals("kim", await(tokens.authenticate(key.sign(good))).name());
    }

    @Test
    void clocksMayDifferByTheLeeway() {
        long now = Instant.now().getEpochSecond();
        JsonObject late = provider.claims().put("exp", now - 2).put("nbf", now + 2);
        assertEquals(
                "kim", await(tokens.authenticate(provider.key().sign(late))).name());
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesItAndTheOldOneIsForgotten() {
        Key first = provider.key();
        await(tokens.authenticate(first.sign(provider.claims())));
        Key second = Key.ec("second");
        provider.publish(second);
        pass(PAUSE);
        assertEquals(
                "kim",
                await(tokens.authenticate(second.sign(provider.claims()))).name());
        assertEquals(2, provider.keyFetches.get());
        assertThrows(RuntimeException.class, () -> await(tokens.authenticate(first.sign(provider.claims()))));
    }

    @Test
    void tokensThatNameUnknownKeysDoNotMakeItAskMoreOften() {
        await(tokens.authenticate(provider.key().sign(provider.claims())));
        pass(PAUSE);
        List<Future<Caller>> attempts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            attempts.add(tokens.authenticate(Key.ec("guess" + i).sign(provider.claims())));
        }
        attempts.forEach(attempt -> assertThrows(RuntimeException.class, () -> await(attempt)));
        for (int i = 0; i < 50; i++) {
            Future<Caller> attempt = tokens.authenticate(Key.ec("again" + i).sign(provider.claims()));
            assertThrows(RuntimeException.class, () -> await(attempt));
        }
        assertEquals(2, provider.keyFetches.get(), "one for the first token, one for all the guesses");
        assertEquals(
                "kim",
                await(tokens.authenticate(provider.key().sign(provider.claims())))
                        .name());
    }

    @Test
    void whatIsKnownOutlivesAnOutageOfTheProvider() {
        Key first = provider.key();
        await(tokens.authenticate(first.sign(provider.claims())));
        provider.away = true;
        pass(Duration.ofDays(2));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "kim",
                    await(tokens.authenticate(first.sign(provider.claims()))).name());
        }
        eventually("the attempt to fetch", () -> provider.configurationFetches.get() == 2);
        Key second = Key.rsa("second");
        pass(PAUSE);
        assertThrows(RuntimeException.class, () -> await(tokens.authenticate(second.sign(provider.claims()))));
        provider.away = false;
        provider.publish(second);
        pass(PAUSE);
        assertEquals(
                "kim",
                await(tokens.authenticate(second.sign(provider.claims()))).name());
    }

    @Test
    void whileNothingIsKnownNobodySaysThatATokenIsWrong() {
        provider.away = true;
        String token = provider.key().sign(provider.claims());
        RuntimeException refused = assertThrows(RuntimeException.class, () -> await(tokens.authenticate(token)));
        assertTrue(refused.getMessage().contains("identity provider"), refused.getMessage());
        provider.away = false;
        assertThrows(RuntimeException.class, () -> await(tokens.authenticate(token)), "not before the pause is over");
        assertEquals(1, provider.configurationFetches.get());
        pass(PAUSE);
        assertEquals("kim", await(tokens.authenticate(token)).name());
    }

    @Test
    void oldKeysAreFetchedAnewBesideTheRequest() {
        Key first = provider.key();
        await(tokens.authenticate(first.sign(provider.claims())));
        provider.publish(Key.rsa("second"));
        pass(Duration.ofHours(2));
        await(tokens.authenticate(first.sign(provider.claims())));
        eventually("the second fetch", () -> provider.keyFetches.get() == 2);
        eventually(
                "that the withdrawn key is refused",
                () -> tokens.authenticate(first.sign(provider.claims()))
                        .transform(done -> Future.succeededFuture(done.failed()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void theConfigurationOfAnotherIssuerIsNotTaken() {
        provider.namedIssuer = "https://elsewhere";
        assertThrows(
                RuntimeException.class,
                () -> await(tokens.authenticate(provider.key().sign(provider.claims()))));
        assertEquals(0, provider.keyFetches.get());
    }

    @Test
    void anIssuerReachedByTlsIsReachedByTlsEverywhere() {
        JsonObject document =
                new JsonObject().put("issuer", "https://login.site").put("jwks_uri", "https://login.site/keys");
        assertEquals(
                "/keys",
                ProviderMetadata.of("https://login.site", document).keys().getPath());
        for (String place :
                List.of("http://login.site/keys", "ftp://login.site/keys", "https://kim@login.site", "nowhere", "")) {
            assertThrows(
                    ProviderException.class,
                    () -> ProviderMetadata.of(
                            "https://login.site", document.copy().put("jwks_uri", place)),
                    place);
        }
    }

    @Test
    void keysThatAreNotForSignaturesAreLeftOut() {
        provider.publishAlso(
                new JsonObject().put("kty", "oct").put("kid", "shared").put("k", SignedToken.base64("secret")));
        provider.publishAlso(Key.rsa("encryption").jwk().put("use", "enc"));
        Key small = Key.rsa("small", 1024);
        provider.publishAlso(small.jwk());
        await(tokens.authenticate(provider.key().sign(provider.claims())));
        JsonObject shared = new JsonObject().put("alg", "HS256").put("kid", "shared");
        for (String token : List.of(
                SignedToken.hmac(shared, provider.claims(), "secret".getBytes()), small.sign(provider.claims()))) {
            assertThrows(RuntimeException.class, () -> await(tokens.authenticate(token)));
        }
    }

    @Test
    void nothingIsGrantedThatIsNotMapped() {
        RoleClaim groups = RoleClaim.of("resource_access.defender.groups", List.of("/fab/etch=engineer", "a=b=admin"));
        OidcTokens mapped = tokens(groups);
        assertEquals(
                Set.of(Role.ENGINEER, Role.VIEWER),
                roles(mapped, deep(new JsonArray().add("/fab/etch").add("admin"))));
        assertEquals(Set.of(Role.ADMIN, Role.VIEWER), roles(mapped, deep(new JsonArray().add("a=b"))));
        assertEquals(
                Set.of(),
                roles(mapped, deep(new JsonArray().add("admin").add("engineer").add(7))));
        assertEquals(Set.of(), roles(mapped, provider.claims()));
        OidcTokens named = tokens(new RoleClaim("https://fab/roles", Map.of()));
        assertEquals(
                Set.of(Role.OPERATOR, Role.VIEWER),
                roles(named, provider.claims().put("https://fab/roles", "operator other")));
        assertThrows(IllegalArgumentException.class, () -> RoleClaim.of("roles", List.of("boss=chief")));
    }

    private JsonObject deep(JsonArray groups) {
        return provider.claims()
                .put("resource_access", new JsonObject().put("defender", new JsonObject().put("groups", groups)));
    }

    private Set<Role> roles(OidcTokens checked, JsonObject claims) {
        return await(checked.authenticate(provider.key().sign(claims))).roles();
    }

    private OidcTokens tokens(RoleClaim roles) {
        return OidcTokens.of(
                kit.vertx(),
                new OidcSettings(
                        provider.issuer(), Duration.ofHours(1), PAUSE, Duration.ofSeconds(5), Optional.empty()),
                new JwtRules(provider.issuer(), "defender", Duration.ofSeconds(5), roles),
                nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static JsonObject without(JsonObject claims, String name) {
        JsonObject copy = claims.copy();
        copy.remove(name);
        return copy;
    }
}
