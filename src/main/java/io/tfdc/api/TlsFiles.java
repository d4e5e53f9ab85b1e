package io.tfdc.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the server's certificate is.
 *
 * @param certificate PEM file with the chain
 * @param privateKey PEM file with the key (PKCS #8)
 */
public record TlsFiles(Path certificate, Path privateKey) {
    /** Reads the files; blocks. */
    PemKeyCertOptions read() throws IOException {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
                .addKeyValue(Buffer.buffer(Files.readAllBytes(privateKey)));
    }

    /** Changes with the files; blocks. */
    String stamp() throws IOException {
        return Files.getLastModifiedTime(certificate) + " " + Files.getLastModifiedTime(privateKey);
    }
}
