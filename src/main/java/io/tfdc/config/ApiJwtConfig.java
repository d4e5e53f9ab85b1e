package io.tfdc.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tokens of an identity provider. */
@Section("JWTs of an identity provider (OpenID Connect), accepted besides the static tokens.")
public record ApiJwtConfig(
        @Setting(
                value =
                        "Fetch the provider's keys from where `{issuer}/.well-known/openid-configuration` says, and again when it changes them.",
                byDefault = "false")
        boolean discover,

        @Setting("The provider's public keys, where they are not fetched: a PEM file or a JWKS document.")
        Optional<Path> keys,

        @Setting("The issuer that is trusted (`iss`).") Optional<String> issuer,

        @Setting(value = "The audience that a token must be for (`aud`).", byDefault = "defender")
        String audience,

        @Setting(
                value = "By how much the provider's clock may differ (`exp`, `nbf`, `iat`).",
                byDefault = "5s",
                min = "0s",
                max = "5m")
        Duration leeway,

        @Setting(
                value = "The claim with the roles, its steps separated by dots; a claim of that very name comes first.",
                byDefault = "roles")
        String rolesClaim,

        @Setting(
                "Which value of the claim grants which role, `value=role` each; without any, the values are the names of the roles.")
        List<String> roles,

        @Setting(
                value = "After this time fetched keys are fetched anew, beside the requests.",
                byDefault = "1h",
                min = "1m",
                max = "7d")
        Duration keysEvery,

        @Setting(
                value = "Least time between two fetches of keys, whatever keys the tokens name.",
                byDefault = "30s",
                min = "1s",
                max = "1h")
        Duration keysAtMostEvery,

        @Setting(value = "Time for one request to the provider.", byDefault = "5s", min = "100ms", max = "1m")
        Duration timeout,

        @Setting("PEM file of the authorities trusted with the provider; without it those of the Java runtime.")
        Optional<Path> trustedCertificates) {

    public ApiJwtConfig {
        roles = List.copyOf(roles);
        new Checks(
                        ApiJwtConfig.class,
                        discover,
                        keys,
                        issuer,
                        audience,
                        leeway,
                        rolesClaim,
                        roles,
                        keysEvery,
                        keysAtMostEvery,
                        timeout,
                        trustedCertificates)
                .require(keys.isEmpty() || issuer.isPresent(), "issuer", "the issuer where keys are given")
                .require(
                        !discover || issuer.map(Checks::isSafeWebAddress).orElse(false),
                        "issuer",
                        "https://host[:port][/path] where keys are discovered, http:// for localhost alone")
                .require(keys.isEmpty() || !discover, "keys", "either a file or discover, not both")
                .require(!audience.isBlank(), "audience", "a name")
                .require(!rolesClaim.isBlank(), "rolesClaim", "a claim")
                .each("roles", roles, pair -> pair.matches("(?s).+=\\s*(viewer|engineer|operator|admin)"), "value=role")
                .done();
    }
}
