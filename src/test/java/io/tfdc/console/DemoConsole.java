package io.tfdc.console;

import io.tfdc.cli.demo.Demo;
import io.tfdc.cli.demo.DemoOptions;
import io.tfdc.testing.Chromium;
import io.tfdc.testing.ConsolePage;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running demonstration with its console, and a browser in front of it. */
final class DemoConsole implements AutoCloseable {
    private final Chromium chromium;
    private final Demo demo;
    private final Thread running;
    private final String address;
    private final String token;

    DemoConsole() throws Exception {
        chromium = Chromium.start();
        CompletableFuture<String> served = new CompletableFuture<>();
        DemoOptions fab = new DemoOptions(Long.MAX_VALUE, 1, 8, 0.06, 15, List.of(), List.of(), null, 0);
        demo = new Demo(fab, Demo.Display.NOTHING, new PrintWriter(Writer.nullWriter()), false, served::complete);
        running = new Thread(
                () -> {
                    try {
                        demo.run();
                    } catch (IOException e) {
                        served.completeExceptionally(e);
                    }
                },
                "demo");
        running.start();
        String whole = served.get(60, TimeUnit.SECONDS);
        address = whole.substring(0, whole.indexOf('#'));
        token = whole.substring(whole.indexOf("token=") + 6);
    }

    String address() {
        return address;
    }

    String token() {
        return token;
    }

    ConsolePage open() {
        return new ConsolePage(chromium, address, token, 1440, 900);
    }

    /** Waits until the charts have limits and something has alarmed by them. */
    DemoConsole learned() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest alarms = HttpRequest.newBuilder(URI.create(address + "api/v1/alarms?rule=demo.two-charts&limit=3"))
                .build();
        VertxTestKit.eventually("alarms by limits", () -> {
            try {
                return client.send(alarms, HttpResponse.BodyHandlers.ofString())
                                .body()
                                .split("\"id\"")
                                .length
                        > 3;
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
        return this;
    }

    @Override
    public void close() throws InterruptedException {
        demo.stop();
        running.join(30_000);
        chromium.close();
    }
}
