package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.config.TlsConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsContextTest {
    @TempDir
    private static Path directory;

    private static Path certificate;
    private static Path key;
    private static Path stranger;

    @BeforeAll
    static void make_certificates() throws Exception {
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        stranger = directory.resolve("stranger.pem");
        make("ours", certificate, key);
        make("stranger", stranger, directory.resolve("stranger-key.pem"));
    }

    @Test
    void off_means_no_context() {
        assertTrue(TlsContext.of("nats.tls", new TlsConfig(false, none(), none(), none()))
                .isEmpty());
    }

    @Test
    void both_sides_present_and_verify_certificates() throws Exception {
        SSLContext context = TlsContext.of(
                        "nats.tls",
                        new TlsConfig(true, Optional.of(certificate), Optional.of(certificate), Optional.of(key)))
                .orElseThrow();
        SSLEngine client = handshake(context, context);
        assertEquals("CN=localhost", client.getSession().getPeerPrincipal().getName());
    }

    @Test
    void a_server_signed_by_a_stranger_is_refused() {
        SSLContext server = TlsContext.of(
                        "nats.tls",
                        new TlsConfig(true, Optional.of(certificate), Optional.of(certificate), Optional.of(key)))
                .orElseThrow();
        SSLContext client = TlsContext.of("nats.tls", new TlsConfig(true, Optional.of(stranger), none(), none()))
                .orElseThrow();
        assertThrows(SSLException.class, () -> handshake(client, server));
    }

    @Test
    void bad_files_are_named_with_their_setting() throws IOException {
        Path text = Files.writeString(directory.resolve("text.pem"), "not a certificate");
        Path missing = directory.resolve("missing.pem");
        assertAll(
                () -> assertRefused("nats.tls.trustedCertificates: expected PEM certificates in " + text, text, none()),
                () -> assertRefused("nats.tls.trustedCertificates: can't read " + missing, missing, none()),
                () -> assertRefused(
                        "nats.tls.privateKey: expected a PEM block \"PRIVATE KEY\"", certificate, Optional.of(text)));
    }

    private static void assertRefused(String expected, Path trusted, Optional<Path> privateKey) {
        TlsConfig tls = new TlsConfig(true, Optional.of(trusted), privateKey.map(given -> certificate), privateKey);
        CommandException refused = assertThrows(CommandException.class, () -> TlsContext.of("nats.tls", tls));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).startsWith(expected), refused.getMessage());
    }

    private static Optional<Path> none() {
        return Optional.empty();
    }

    /** Runs a handshake in memory, client authentication wanted, and returns the client's end. */
    private static SSLEngine handshake(SSLContext clientContext, SSLContext serverContext)
            throws SSLException, SSLPeerUnverifiedException {
        SSLEngine client = clientContext.createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        SSLEngine server = serverContext.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        for (int round = 0; round < 40; round++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        server.getSession().getPeerCertificates();
        return client;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer application = ByteBuffer.allocate(1 << 16);
        in.flip();
        switch (engine.getHandshakeStatus()) {
            case NEED_UNWRAP -> engine.unwrap(in, application);
            case NEED_TASK -> engine.getDelegatedTask().run();
            default -> engine.wrap(ByteBuffer.allocate(0), out);
        }
        in.compact();
    }

    /** A self-signed certificate and its key as PEM files. */
    private static void make(String name, Path certificateFile, Path keyFile) throws Exception {
        Path store = directory.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "keytool failed, see " + name + ".log");
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        pem("CERTIFICATE", keys.getCertificate("a").getEncoded(), certificateFile);
        pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded(), keyFile);
    }

    private static void pem(String type, byte[] der, Path file) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                        + "-----\n");
    }
}
