package io.tfdc.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy in front of a server that can delay what passes, swallow it, or cut the connections, at both ends or at the server's alone. */
public final class FaultProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetServer server = vertx.createNetServer();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> toServer = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> severed = ConcurrentHashMap.newKeySet();
    private final String targetHost;
    private final int targetPort;
    private volatile long delayMillis;
    private volatile boolean swallowing;
    private volatile boolean refusing;
    private volatile boolean holding;

    private FaultProxy(String targetHost, int targetPort) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
    }

    /** Listens on a free port of the loopback address and passes everything to the target port there. */
    public static FaultProxy to(int targetPort) {
        return to(Machine.LOOPBACK, targetPort);
    }

    /** Listens on a free port of the loopback address and passes everything to a server elsewhere. */
    static FaultProxy to(String targetHost, int targetPort) {
        FaultProxy proxy = new FaultProxy(targetHost, targetPort);
        proxy.server.connectHandler(proxy::accept);
        VertxTestKit.await(proxy.server.listen(0, Machine.LOOPBACK));
        return proxy;
    }

    public int port() {
        return server.actualPort();
    }

    /** Delays everything that passes from now on. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** Swallows everything that would pass, as a partition does, or lets it pass again. */
    public void swallow(boolean on) {
        swallowing = on;
    }

    /** Holds back everything that would pass, as a partition does that connections outlive, or lets all of it go on. */
    public void hold(boolean on) {
        holding = on;
        sockets.forEach(on ? NetSocket::pause : NetSocket::resume);
    }

    /** Cuts all connections and refuses new ones, or accepts them again. */
    public void refuse(boolean on) {
        refusing = on;
        if (on) {
            cut();
        }
    }

    /** Cuts all connections. */
    public void cut() {
        sockets.forEach(NetSocket::close);
    }

    /** Cuts all connections at the server's end: the clients hear nothing of it, and nothing else any more. */
    public void severAtServer() {
        severed.addAll(toServer);
        toServer.forEach(NetSocket::close);
    }

    private void accept(NetSocket near) {
        if (refusing) {
            near.close();
            return;
        }
        near.pause();
        client.connect(targetPort, targetHost)
                .onSuccess(far -> {
                    toServer.add(far);
                    join(near, far);
                    join(far, near);
                    if (holding) {
                        far.pause();
                    } else {
                        near.resume();
                    }
                })
                .onFailure(failure -> near.close());
    }

    private void join(NetSocket from, NetSocket to) {
        sockets.add(from);
        from.handler(data -> {
            if (swallowing) {
                return;
            }
            if (delayMillis > 0) {
                vertx.setTimer(delayMillis, timer -> to.write(data));
            } else {
                to.write(data);
            }
        });
        from.closeHandler(closed -> {
            sockets.remove(from);
            toServer.remove(from);
            if (!severed.remove(from)) {
                to.close();
            }
        });
        from.exceptionHandler(failure -> from.close());
    }

    @Override
    public void close() {
        VertxTestKit.await(vertx.close());
    }
}
