package io.tfdc.config;

import java.nio.file.Path;
import java.util.Optional;

/** The API's own certificate. */
@Section("TLS of the API; without a certificate it speaks plain HTTP.")
public record ApiTlsConfig(
        @Setting("PEM file with the certificate chain; read again when it changes.")
        Optional<Path> certificate,

        @Setting("PEM file with the private key (PKCS #8).") Optional<Path> privateKey) {

    public ApiTlsConfig {
        new Checks(ApiTlsConfig.class, certificate, privateKey)
                .require(
                        certificate.isPresent() == privateKey.isPresent(),
                        "privateKey",
                        "certificate and privateKey together or neither")
                .done();
    }
}
