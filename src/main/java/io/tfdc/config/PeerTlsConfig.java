package io.tfdc.config;

import java.nio.file.Path;
import java.util.Optional;

/** Mutual TLS between the replicas of the Election Agent. */
@Section("Mutual TLS between replicas; all of them or none.")
public record PeerTlsConfig(
        @Setting(value = "Encrypt, and admit only replicas with a certificate.", byDefault = "false")
        boolean enabled,

        @Setting(
                "PEM file of the authorities trusted. Whoever has a certificate of theirs may write the log: use authorities that certify replicas alone.")
        Optional<Path> trustedCertificates,

        @Setting(
                "PEM file with this replica's certificate chain, for its name in `peers`, as a server and as a client.")
        Optional<Path> certificate,

        @Setting("PEM file with this replica's private key (PKCS #8).")
        Optional<Path> privateKey) {

    public PeerTlsConfig {
        new Checks(PeerTlsConfig.class, enabled, trustedCertificates, certificate, privateKey)
                .require(
                        enabled == trustedCertificates.isPresent()
                                && enabled == certificate.isPresent()
                                && enabled == privateKey.isPresent(),
                        "enabled",
                        "true with trustedCertificates, certificate and privateKey, or false without them")
                .done();
    }
}
