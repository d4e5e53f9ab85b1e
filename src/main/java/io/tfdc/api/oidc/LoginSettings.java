package io.tfdc.api.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How people log in at their browsers.
 *
 * @param clientId this installation's name at the provider; ID tokens have to be for it
 * @param clientSecret empty for a public client, which PKCE alone protects
 * @param publicUrl where browsers reach the console, {@code https} but on the machine itself
 * @param scopes asked for, {@code openid} among them
 * @param sessionKey secret that sessions are sealed with, the same in all processes
 * @param session how long somebody stays logged in
 */
public record LoginSettings(
        String clientId,
        Optional<String> clientSecret,
        URI publicUrl,
        List<String> scopes,
        String sessionKey,
        Duration session) {
    /** Where the provider sends browsers back to. */
    String callback() {
        return base() + "/auth/callback";
    }

    String base() {
        return publicUrl.toString().replaceAll("/+$", "");
    }

    boolean isSecure() {
        return "https".equals(publicUrl.getScheme());
    }

    /** Secrets stay out. */
    @Override
    public String toString() {
        return "LoginSettings[" + clientId + ", " + publicUrl + ']';
    }
}
