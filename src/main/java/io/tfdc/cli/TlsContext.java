package io.tfdc.cli;

import io.tfdc.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context of a connection from PEM files. The files are read once: a renewed certificate needs a restart. */
final class TlsContext {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContext() {}

    /**
     * The context, or nothing if TLS is off.
     *
     * @param section where the settings stand, for messages
     */
    static Optional<SSLContext> of(String section, TlsConfig tls) {
        if (!tls.enabled()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(section, tls), trust(section, tls), null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw CommandException.usage(section + ": TLS can't be set up: " + e.getMessage());
        }
    }

    private static TrustManager @Nullable [] trust(String section, TlsConfig tls) throws GeneralSecurityException {
        if (tls.trustedCertificates().isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate authority : certificates(
                section + ".trustedCertificates", tls.trustedCertificates().get())) {
            store.setCertificateEntry("authority" + count++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(String section, TlsConfig tls) throws GeneralSecurityException {
        if (tls.certificate().isEmpty() || tls.privateKey().isEmpty()) {
            return null;
        }
        Certificate[] chain =
                certificates(section + ".certificate", tls.certificate().get()).toArray(Certificate[]::new);
        PrivateKey key = privateKey(section + ".privateKey", tls.privateKey().get());
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(String path, Path file)
            throws GeneralSecurityException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(path, file)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException notPem) {
            throw CommandException.usage(path + ": expected PEM certificates in " + file + ": " + notPem.getMessage());
        }
        throw CommandException.usage(path + ": expected PEM certificates in " + file + ", found none");
    }

    private static PrivateKey privateKey(String path, Path file) throws GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(new String(read(path, file), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw CommandException.usage(
                    path + ": expected a PEM block \"PRIVATE KEY\" (PKCS #8, not encrypted) in " + file);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException otherAlgorithm) {
                continue;
            }
        }
        throw CommandException.usage(path + ": expected an RSA, EC or EdDSA key in " + file);
    }

    private static byte[] read(String path, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandException.usage(
                    path + ": can't read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
