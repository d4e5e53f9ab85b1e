package io.tfdc.api.oidc;

import java.time.Duration;
import java.util.Optional;

/**
 * How to talk to an identity provider.
 *
 * @param issuer its name, and where its {@code /.well-known/openid-configuration} is
 * @param keysEvery after this time keys that are in use are fetched anew, behind the scenes
 * @param keysAtMostEvery least time between two fetches, however many tokens name keys that aren't known
 * @param timeout of one request
 * @param authorities PEM certificates trusted instead of the runtime's
 */
public record OidcSettings(
        String issuer, Duration keysEvery, Duration keysAtMostEvery, Duration timeout, Optional<byte[]> authorities) {}
