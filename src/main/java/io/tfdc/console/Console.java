package io.tfdc.console;

import io.tfdc.api.ApiServer;
import io.tfdc.api.Authenticator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The web console on the port of the API: its files, and the bridge that keeps it up to date. */
public final class Console implements ApiServer.Pages {
    private final BusTap tap;

    public Console(BusTap tap) {
        this.tap = tap;
    }

    @Override
    public void mount(Vertx vertx, Router router, Authenticator authenticator) {
        router.route("/eventbus/*").subRouter(new ConsoleBridge(authenticator, tap).router(vertx));
        try {
            router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(new ConsoleFiles(vertx)::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
