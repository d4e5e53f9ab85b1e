package io.tfdc.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.options.Cookie;
import io.tfdc.api.oidc.Login;
import io.tfdc.api.oidc.LoginSettings;
import io.tfdc.api.oidc.OidcSettings;
import io.tfdc.api.oidc.OidcTokens;
import io.tfdc.api.oidc.TestProvider;
import io.tfdc.console.BusTap;
import io.tfdc.console.Console;
import io.tfdc.testing.Chromium;
import io.tfdc.testing.ConsolePage;
import io.tfdc.testing.Machine;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser, the console, and an identity provider. */
@Tag("integration")
class ConsoleLoginTest {
    @TempDir
    Path folder;

    @Test
    void somebodySignsInWithTheAccountListensToTheBusAndSignsOut() {
        try (Chromium chromium = Chromium.start();
                ApiSite site = new ApiSite(folder)) {
            int port = Machine.freePorts(1)[0];
            String address = "http://127.0.0.1:" + port + '/';
            serve(site, port, address);
            try (ConsolePage console = new ConsolePage(chromium, address, "", 1280, 800)) {
                console.go("#/alarms");
                console.visible("[data-provider]");
                console.shot("sign-in");
                console.find("[data-provider]").click();
                console.says("[data-who]", "kim engineer");
                console.visible(".dot.up");
                assertEquals(address + "#/alarms", console.page().url(), "back to where it was");
                Cookie session = console.page().context().cookies(address).get(0);
                assertEquals(SessionCookie.PLAIN, session.name);
                assertFalse(
                        console.page()
                                .evaluate("() => document.cookie")
                                .toString()
                                .contains("defender"),
                        "scripts can't read it");

                listen(site, port, session, "http://127.0.0.1:" + port, true);
                listen(site, port, session, "https://evil.site", false);
                console.find("[data-sign-out]").click();
                console.says("[data-who]", "not signed in");
                assertThat(console.find("[data-sign-out]")).hasCount(0);
                assertEquals(List.of(), console.page().context().cookies(address));
            }
        }
    }

    private static void serve(ApiSite site, int port, String address) {
        TestProvider provider = new TestProvider(site.vertx);
        OidcTokens tokens = OidcTokens.of(
                site.vertx,
                new OidcSettings(
                        provider.issuer(),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        Optional.empty()),
                new JwtRules(provider.issuer(), "defender", Duration.ofSeconds(5), new RoleClaim("roles", Map.of())));
        Login login = new Login(
                new LoginSettings(
                        TestProvider.CLIENT,
                        Optional.of(TestProvider.SECRET),
                        URI.create(address),
                        List.of("openid"),
                        "a key of at least thirty-two characters",
                        Duration.ofHours(1)),
                tokens,
                Clock.systemUTC());
        BusTap tap = BusTap.start(site.vertx, Set.of());
        await(site.vertx.deployVerticle(new ApiServer(
                new ApiSettings("127.0.0.1", port, Optional.empty(), 10_000, 10_000, 1 << 20, Duration.ofMinutes(1)),
                site.parts,
                new Authentication(Optional.empty(), Optional.of(tokens), Optional.of(login.sessions()), false),
                Optional.empty(),
                List.of(login, new Console(tap)))));
    }

    /** Opens a socket with the browser's cookie, as a page of some origin would, and asks for the live feed. */
    private static void listen(ApiSite site, int port, Cookie session, String origin, boolean allowed) {
        WebSocketClient client = site.vertx.createWebSocketClient();
        List<String> received = new CopyOnWriteArrayList<>();
        WebSocket socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/eventbus/websocket")
                .putHeader("Origin", origin)
                .putHeader("Cookie", session.name + '=' + session.value)));
        socket.handler(message -> received.add(message.toString()));
        socket.writeTextMessage(new JsonObject()
                .put("type", "register")
                .put("address", "console.bus.rates")
                .encode());
        eventually(
                allowed ? "rates of the bus" : "the refusal",
                () -> received.stream().anyMatch(one -> one.contains(allowed ? "\"rec\"" : "rejected")));
        await(client.close());
    }
}
