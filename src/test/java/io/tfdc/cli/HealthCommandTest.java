package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/health/live", 200, "{\"status\":\"UP\"}");
        answer("/health/ready", 503, "{\"status\":\"DOWN\"}");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_is_not_ready_ends_with_1_and_says_why() {
        assertEquals(ExitCode.FAILED, run("--set", "http.port=" + port()));
        assertEquals("{\"status\":\"DOWN\"}\n", out.toString());
    }

    @Test
    void what_is_alive_ends_with_0() {
        assertEquals(ExitCode.OK, run("--live", "--set", "http.port=" + port()));
        assertEquals("{\"status\":\"UP\"}\n", out.toString());
    }

    @Test
    void another_address_can_be_asked() {
        assertEquals(ExitCode.OK, run("--url", "http://127.0.0.1:" + port() + "/health/live"));
    }

    @Test
    void nobody_there_is_told_in_one_line() {
        int port = port();
        server.stop(0);

        assertEquals(ExitCode.FAILED, run("--url", "http://127.0.0.1:" + port + "/health/ready"));
        assertTrue(err.toString().startsWith("defender: no answer from http://127.0.0.1:" + port), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void other_addresses_are_refused() {
        assertEquals(ExitCode.USAGE, run("--url", "file:///etc/passwd"));
        assertEquals(ExitCode.USAGE, run("--url", "127.0.0.1"));
    }

    private int run(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "health";
        System.arraycopy(options, 0, args, 1, options.length);
        return DefenderCommand.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
