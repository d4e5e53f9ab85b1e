package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tfdc.testing.ServerCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Answers who has the token. */
    private void serve(HttpServer made) {
        server = made;
        server.createContext("/api/v1/", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            if (!known) {
                answer(exchange, 401, "{\"title\":\"Unknown\",\"detail\":\"a token is needed\"}");
            } else if (path.endsWith("/whoami")) {
                answer(exchange, 200, "{\"name\":\"kim\",\"roles\":[\"viewer\"]}");
            } else if (path.endsWith("/fleet")) {
                answer(
                        exchange,
                        200,
                        "{\"tools\":[{\"tool\":\"ETCH-1\",\"chambers\":[{\"chamber\":\"A\",\"open\":2,"
                                + "\"worst\":\"critical\",\"rule\":\"etch.outside\",\"at\":\"2026-03-01T10:00:00Z\"}]}]}");
            } else if (path.contains("/cluster")) {
                answer(exchange, 503, "{\"detail\":\"this process does not belong to a cluster\"}");
            } else {
                answer(exchange, 200, "{\"items\":[]}");
            }
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "console";
        System.arraycopy(options, 0, args, 1, options.length);
        return DefenderCommand.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private String url(String scheme) {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    private Path token() throws IOException {
        return Files.writeString(folder.resolve("token"), "secret\n");
    }

    @Test
    void itPrintsOnceAsPlainText() throws IOException {
        serve(HttpServer.create(anyPort(), 0));
        assertEquals(
                ExitCode.OK, run("--once", "--url", url("http"), "--token-file", token().toString()), err::toString);
        String text = out.toString();
        assertTrue(text.contains("kim"), text);
        assertTrue(text.contains("1 chamber of 1 tool  1 critical"), text);
        assertTrue(text.contains("critical  ETCH-1:A"), text);
        assertTrue(text.contains("this process does not belong to a cluster"), text);
        assertTrue(!text.contains("\u001b"), text);
    }

    @Test
    void withoutATokenItSaysSo() throws IOException {
        serve(HttpServer.create(anyPort(), 0));
        assertEquals(ExitCode.OK, run("--url", url("http")), err::toString);
        assertTrue(out.toString().contains("not signed in: a token is needed"), out.toString());
    }

    @Test
    void aServerIsTrustedByTheAuthorityGiven() throws Exception {
        ServerCertificate certificate = ServerCertificate.of("dns:localhost");
        HttpsServer https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        serve(https);
        Path authority = Files.writeString(folder.resolve("ca.pem"), certificate.certificate());
        assertEquals(ExitCode.FAILED, run("--url", url("https"), "--token-file", token().toString()));
        assertTrue(err.toString().startsWith("defender: no answer from https://localhost"), err.toString());
        assertEquals(
                ExitCode.OK,
                run("--url", url("https"), "--token-file", token().toString(), "--trust", authority.toString()),
                err::toString);
        assertTrue(out.toString().contains("kim"), out.toString());
    }

    private static SSLContext context(ServerCertificate certificate) throws Exception {
        Certificate chain = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificate.certificate().getBytes(StandardCharsets.US_ASCII)));
        String pem = certificate.key().replaceAll("-----[A-Z ]+-----", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
                new char[0],
                new Certificate[] {chain});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void nobodyThereAndWrongOptionsAreToldInOneLine() throws IOException {
        serve(HttpServer.create(anyPort(), 0));
        String gone = url("http");
        server.stop(0);
        assertEquals(ExitCode.FAILED, run("--once", "--url", gone));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals(ExitCode.USAGE, run("--url", "ftp://host"));
        assertEquals(ExitCode.USAGE, run("--url", gone, "--every", "1"));
        assertEquals(
                ExitCode.USAGE,
                run("--url", gone, "--token-file", folder.resolve("none").toString()));
        assertEquals(
                ExitCode.USAGE,
                run("--url", gone, "--trust", folder.resolve("none").toString()));
    }
}
