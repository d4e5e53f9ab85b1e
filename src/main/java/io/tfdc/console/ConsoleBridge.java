package io.tfdc.console;

import io.tfdc.api.Authenticator;
import io.tfdc.api.Role;
import io.tfdc.api.SessionCookie;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * From the event bus to browsers, and not back: what a browser may listen to is listed here by role, and it can send nothing. Every
 * registration carries its credentials in a header of its own, since a browser can't put them on a web socket; one without has the session
 * that the socket was opened with.
 */
final class ConsoleBridge {
    private static final Map<String, Set<Role>> ALLOWED = Map.of(
            BusTap.LIVE, Set.of(Role.VIEWER),
            BusTap.RATES, Set.of(Role.ENGINEER, Role.OPERATOR),
            BusTap.TAIL, Set.of(Role.ENGINEER, Role.OPERATOR));

    private static final int MOST_ADDRESSES = 10;
    private static final int MOST_MESSAGE = 16 << 10;

    private final Authenticator authenticator;
    private final BusTap tap;
    private final Set<String> watching = new HashSet<>();

    ConsoleBridge(Authenticator authenticator, BusTap tap) {
        this.authenticator = authenticator;
        this.tap = tap;
    }

    Router router(Vertx vertx) {
        SockJSBridgeOptions options =
                new SockJSBridgeOptions().setMaxAddressLength(64).setMaxHandlersPerSocket(MOST_ADDRESSES);
        ALLOWED.keySet().forEach(address -> options.addOutboundPermitted(new PermittedOptions().setAddress(address)));
        SockJSHandlerOptions transport = new SockJSHandlerOptions()
                .setHeartbeatInterval(10_000)
                .setRegisterWriteHandler(true)
                .setMaxBytesStreaming(MOST_MESSAGE * 8);
        Router router = Router.router(vertx);
        // Browsers behind proxies without web sockets post what they send.
        router.post().handler(BodyHandler.create(false).setBodyLimit(MOST_MESSAGE));
        router.route("/*").subRouter(SockJSHandler.create(vertx, transport).bridge(options, this::decide));
        return router;
    }

    private void decide(BridgeEvent event) {
        switch (event.type()) {
            case REGISTER -> register(event);
            case SEND, PUBLISH -> event.complete(false);
            case UNREGISTER, SOCKET_CLOSED -> {
                forget(event);
                event.complete(true);
            }
            default -> event.complete(true);
        }
    }

    private void register(BridgeEvent event) {
        JsonObject message = event.getRawMessage();
        Set<Role> needed = ALLOWED.get(message.getString("address", ""));
        String authorization =
                message.getJsonObject("headers", new JsonObject()).getString("Authorization", "");
        if (needed == null) {
            event.complete(false);
            return;
        }
        String session = SessionCookie.ofSocket(event.socket().routingContext().request());
        authenticator.authenticate(authorization, session).onComplete(known -> {
            boolean allowed = known.succeeded() && known.result().has(needed);
            if (allowed && message.getString("address", "").equals(BusTap.TAIL)) {
                changeWatching(event.socket().writeHandlerID(), true);
            }
            event.complete(allowed);
        });
    }

    private void forget(BridgeEvent event) {
        boolean closed = event.type() == BridgeEventType.SOCKET_CLOSED;
        if (closed || event.getRawMessage().getString("address", "").equals(BusTap.TAIL)) {
            changeWatching(event.socket().writeHandlerID(), false);
        }
    }

    private void changeWatching(String socket, boolean looks) {
        synchronized (watching) {
            if (looks) {
                watching.add(socket);
            } else {
                watching.remove(socket);
            }
            tap.watchers(watching.size());
        }
    }
}
