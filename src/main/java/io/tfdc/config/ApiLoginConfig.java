package io.tfdc.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Log-in of people at the console. */
@Section(
        "Log-in at the console by the identity provider of `api.jwt` (authorization code with PKCE); on where `clientId` is given.")
public record ApiLoginConfig(
        @Setting("This installation's name at the provider; needs `api.jwt.discover`.")
        Optional<String> clientId,

        @Setting("Its secret there; without one it is a public client.")
        Optional<Secret> clientSecret,

        @Setting("Where browsers reach the console; `{publicUrl}/auth/callback` has to be known to the provider.")
        Optional<String> publicUrl,

        @Setting(value = "What is asked for.", byDefault = "openid,profile")
        List<String> scopes,

        @Setting("Secret of at least 32 characters that sessions are sealed with, the same for all processes.")
        Optional<Secret> sessionKey,

        @Setting(value = "How long somebody stays logged in.", byDefault = "8h", min = "1m", max = "7d")
        Duration session) {
    private static final int SHORTEST_KEY = 32;

    public ApiLoginConfig {
        scopes = List.copyOf(scopes);
        boolean on = clientId.isPresent();
        new Checks(ApiLoginConfig.class, clientId, clientSecret, publicUrl, scopes, sessionKey, session)
                .require(
                        !on || publicUrl.map(ApiLoginConfig::isPlace).orElse(false),
                        "publicUrl",
                        "https://host[:port], http:// for localhost alone, without a path")
                .require(
                        !on
                                || sessionKey
                                        .map(key -> key.reveal().length() >= SHORTEST_KEY)
                                        .orElse(false),
                        "sessionKey",
                        "a secret of at least " + SHORTEST_KEY + " characters where clientId is given")
                .require(scopes.contains("openid"), "scopes", "openid among them")
                .each("scopes", scopes, scope -> scope.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+"), "a scope")
                .done();
    }

    /** Without TLS a cookie is for everybody on the way. */
    private static boolean isPlace(String url) {
        return Checks.isSafeWebAddress(url) && url.matches("https?://[^/]+/?");
    }
}
