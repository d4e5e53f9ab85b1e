package io.tfdc.config;

import java.nio.file.Path;
import java.util.Optional;

/** Tokens of an identity provider. */
@Section("JWTs of an identity provider (OpenID Connect), accepted besides the static tokens.")
public record ApiJwtConfig(
        @Setting("The provider's public keys: a PEM file or a JWKS document; without it no JWT is accepted.")
        Optional<Path> keys,

        @Setting("The issuer that is trusted (`iss`).") Optional<String> issuer,

        @Setting(value = "The audience that a token must be for (`aud`).", byDefault = "defender")
        String audience,

        @Setting(value = "The claim with the roles, its steps separated by dots.", byDefault = "roles")
        String rolesClaim) {

    public ApiJwtConfig {
        new Checks(ApiJwtConfig.class, keys, issuer, audience, rolesClaim)
                .require(keys.isEmpty() || issuer.isPresent(), "issuer", "the issuer where keys are given")
                .done();
    }
}
