package io.tfdc.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    @Test
    void whatIsHeldBackArrivesLaterAndComplete() throws Exception {
        Vertx vertx = Vertx.vertx();
        NetServer echo = VertxTestKit.await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(socket::write))
                .listen(0, Machine.LOOPBACK));
        try (FaultProxy proxy = FaultProxy.to(echo.actualPort());
                Socket socket = new Socket(Machine.LOOPBACK, proxy.port())) {
            byte[] sent = new byte[100_000];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = (byte) (i * 31);
            }
            socket.getOutputStream().write(sent, 0, 10);
            assertArrayEquals(
                    java.util.Arrays.copyOf(sent, 10), socket.getInputStream().readNBytes(10));
            proxy.hold(true);
            socket.getOutputStream().write(sent);
            socket.setSoTimeout(200);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            proxy.hold(false);
            socket.setSoTimeout(10_000);
            assertArrayEquals(sent, socket.getInputStream().readNBytes(sent.length));
        } finally {
            VertxTestKit.await(vertx.close());
        }
    }
}
