package io.tfdc.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A new self-signed certificate of a server.
 *
 * @param certificate PEM
 * @param key PEM, PKCS #8
 * @param trusting a client's context that trusts this certificate only
 */
public record ServerCertificate(String certificate, String key, SSLContext trusting) {
    private static final String PASSWORD = "changeit";

    /** Makes one with the JDK's keytool. {@code names} as in {@code dns:localhost,ip:127.0.0.1}. */
    public static ServerCertificate of(String names) throws IOException, GeneralSecurityException {
        Path folder = Machine.scratch("defender-certificate-");
        try {
            Path store = folder.resolve("store.p12");
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Machine.output(
                    Duration.ofMinutes(1),
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=server",
                    "-ext",
                    "san=" + names,
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString());
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Certificate certificate = keys.getCertificate("server");
            return new ServerCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD.toCharArray()).getEncoded()),
                    trusting(certificate));
        } finally {
            Machine.delete(folder);
        }
    }

    /** Both in one text, the key first. */
    String keyAndCertificate() {
        return key + certificate;
    }

    private static SSLContext trusting(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
