package io.tfdc.console;

import io.tfdc.api.ApiServer;
import io.tfdc.api.Authenticator;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The web console on the port of the API. */
public final class Console implements ApiServer.Pages {
    private final BusTap tap;

    public Console(BusTap tap) {
        this.tap = tap;
    }

    @Override
    public void mount(Vertx vertx, Router router, Authenticator authenticator) {
        tap.watch(0);
    }
}
