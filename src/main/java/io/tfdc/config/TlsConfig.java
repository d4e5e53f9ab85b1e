package io.tfdc.config;

import java.nio.file.Path;
import java.util.Optional;

/** Encryption of a connection; the name in the server's certificate is always verified. */
@Section("TLS of this connection.")
public record TlsConfig(
        @Setting(value = "Encrypt the connection.", byDefault = "false")
        boolean enabled,

        @Setting("PEM file of the authorities trusted; without it those of the Java runtime.")
        Optional<Path> trustedCertificates,

        @Setting("PEM file with this client's certificate chain.")
        Optional<Path> certificate,

        @Setting("PEM file with this client's private key (PKCS #8).")
        Optional<Path> privateKey) {

    public TlsConfig {
        new Checks(TlsConfig.class, enabled, trustedCertificates, certificate, privateKey)
                .require(
                        certificate.isPresent() == privateKey.isPresent(),
                        "privateKey",
                        "certificate and privateKey together or neither")
                .require(
                        enabled || (trustedCertificates.isEmpty() && certificate.isEmpty() && privateKey.isEmpty()),
                        "enabled",
                        "true where certificates are given")
                .done();
    }
}
