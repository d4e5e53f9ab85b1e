package io.tfdc.api;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.ServerCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, JWTs, TLS and rates. */
class AccessTest {
    @TempDir
    Path folder;

    @Test
    void aMintedTokenLetsInUntilItsLineIsGone() throws IOException {
        Path file = folder.resolve("tokens");
        TokenFile.Minted minted = TokenFile.mint("kim", EnumSet.of(Role.ENGINEER));
        Files.writeString(file, "# people\n\n" + minted.line() + "\n");
        TokenFile tokens = TokenFile.open(file);
        Authentication authentication = new Authentication(Optional.of(tokens), Optional.empty(), false);
        Caller kim = await(authentication.authenticate("Bearer " + minted.token()));
        assertEquals("kim", kim.name());
        assertEquals(Set.of(Role.ENGINEER, Role.VIEWER), kim.roles());
        assertTrue(kim.has(List.of(Role.OPERATOR, Role.ENGINEER)));
        assertFalse(kim.has(List.of(Role.ADMIN)));
        for (String wrong : List.of("", "Bearer ", "Bearer x", "Basic " + minted.token(), minted.token())) {
            assertThrows(Problem.class, () -> await(authentication.authenticate(wrong)), wrong);
        }
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertTrue(tokens.reload());
        assertThrows(Problem.class, () -> await(authentication.authenticate("Bearer " + minted.token())));
        assertFalse(minted.line().contains(minted.token()));
    }

    @Test
    void aWrongLineIsNamedAndKeepsWhatWasReadBefore() throws IOException {
        Path file = folder.resolve("tokens");
        TokenFile.Minted minted = TokenFile.mint("kim", EnumSet.of(Role.VIEWER));
        Files.writeString(file, minted.line());
        TokenFile tokens = TokenFile.open(file);
        Files.writeString(file, minted.line() + "\nlee boss sha256:" + "0".repeat(64));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        IOException refused = assertThrows(IOException.class, tokens::reload);
        assertTrue(refused.getMessage().contains("line 2"), refused.getMessage());
        assertTrue(tokens.find(minted.token()).isPresent());
    }

    @Test
    void nobodyMayLookOnlyWhereThatIsConfigured() {
        Caller nobody = await(new Authentication(Optional.empty(), Optional.empty(), true).authenticate(""));
        assertEquals(Set.of(Role.VIEWER), nobody.roles());
        assertThrows(
                Problem.class,
                () -> await(new Authentication(Optional.empty(), Optional.empty(), false).authenticate("")));
        assertThrows(
                Problem.class,
                () -> await(new Authentication(Optional.empty(), Optional.empty(), true).authenticate("Bearer x")),
                "wrong credentials are not taken for none");
    }

    @Test
    void aJwtIsCheckedBySignatureIssuerAudienceAndTime() throws Exception {
        Vertx vertx = Vertx.vertx();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path file = folder.resolve("keys.pem");
        Files.writeString(file, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        JwtTokens jwts = JwtTokens.open(
                vertx,
                file,
                new JwtRules(
                        "https://issuer",
                        "defender",
                        Duration.ofSeconds(5),
                        new RoleClaim("realm_access.roles", Map.of())));
        JsonObject claims = new JsonObject()
                .put("sub", "kim")
                .put("realm_access", new JsonObject().put("roles", new JsonArray(List.of("operator", "other"))));
        JWTAuth issuer = signer(vertx, keys);
        JWTOptions good = new JWTOptions()
                .setAlgorithm("RS256")
                .setIssuer("https://issuer")
                .setAudience(List.of("defender"))
                .setExpiresInSeconds(60);
        Caller kim = await(jwts.authenticate(issuer.generateToken(claims, good)));
        assertEquals("kim", kim.name());
        assertEquals(Set.of(Role.OPERATOR, Role.VIEWER), kim.roles());
        String otherIssuer = issuer.generateToken(claims, new JWTOptions(good.toJson()).setIssuer("https://other"));
        String otherAudience = issuer.generateToken(claims, new JWTOptions(good.toJson()).setAudience(List.of("mail")));
        String old = issuer.generateToken(
                claims.copy().put("exp", Instant.now().minusSeconds(60).getEpochSecond()),
                new JWTOptions(good.toJson()).setExpiresInSeconds(0));
        String forged = signer(vertx, generator.generateKeyPair()).generateToken(claims, good);
        String unsigned = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes())
                + issuer.generateToken(claims, good).replaceAll("^[^.]*|[^.]*$", "");
        for (String wrong : List.of(otherIssuer, otherAudience, old, forged, unsigned, "a.b.c")) {
            assertThrows(Problem.class, () -> await(jwts.authenticate(wrong)));
        }
        await(vertx.close());
    }

    @Test
    void keysThatAreNoneAreRefusedAndDoNotLetUnsignedTokensIn() throws Exception {
        Vertx vertx = Vertx.vertx();
        Path file = folder.resolve("keys.json");
        JwtRules rules =
                new JwtRules("https://issuer", "defender", Duration.ofSeconds(5), new RoleClaim("roles", Map.of()));
        for (String document :
                List.of("{}", "{\"keys\": []}", "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]}")) {
            Files.writeString(file, document);
            assertThrows(IllegalArgumentException.class, () -> JwtTokens.open(vertx, file, rules), document);
        }
        await(vertx.close());
    }

    private static JWTAuth signer(Vertx vertx, KeyPair keys) {
        return JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm("RS256")
                                .setBuffer(pem("PRIVATE KEY", keys.getPrivate().getEncoded()))));
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    @Test
    void aCallerIsHeldToItsRate() {
        AtomicLong now = new AtomicLong();
        RateLimit rates = new RateLimit(2, 3, now::get);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, rates.take("kim"));
        }
        assertEquals(1, rates.take("kim"));
        assertEquals(0, rates.take("lee"), "each has a bucket of its own");
        now.addAndGet(500_000_000);
        assertEquals(0, rates.take("kim"));
        assertEquals(1, rates.take("kim"));
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        ServerCertificate first = ServerCertificate.of("dns:localhost,ip:127.0.0.1");
        write(first, certificate, key);
        ApiSettings settings = ApiSite.settings(Optional.of(new TlsFiles(certificate, key)));
        try (ApiSite site = new ApiSite(folder, settings, Optional.empty(), ClusterOperations.none())) {
            assertEquals(200, status(first, site));
            ServerCertificate second = ServerCertificate.of("dns:localhost,ip:127.0.0.1");
            write(second, certificate, key);
            Files.setLastModifiedTime(key, FileTime.from(Instant.now().plusSeconds(5)));
            eventually("new certificate", () -> status(second, site) == 200);
            assertEquals(-1, status(first, site), "the old one is not served any more");
        }
    }

    private static void write(ServerCertificate made, Path certificate, Path key) throws IOException {
        Files.writeString(certificate, made.certificate());
        Files.writeString(key, made.key());
    }

    /** -1 if the certificate isn't trusted. */
    private static int status(ServerCertificate trusted, ApiSite site) {
        try {
            return HttpClient.newBuilder()
                    .sslContext(trusted.trusting())
                    .build()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("https://127.0.0.1:" + site.server.port() + "/health/live"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
