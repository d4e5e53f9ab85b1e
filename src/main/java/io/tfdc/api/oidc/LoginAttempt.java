package io.tfdc.api.oidc;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One log-in on its way, kept by the browser it began in.
 *
 * @param state comes back from the provider: the answer belongs to this browser's question
 * @param nonce comes back in the ID token: it was made for this log-in
 * @param verifier whoever has the code needs it too (PKCE, RFC 7636)
 * @param place of the console to return to, the part behind {@code #}
 */
record LoginAttempt(String state, String nonce, String verifier, String place) {
    private static final int RANDOM_BYTES = 32;

    static LoginAttempt begin(SecureRandom random, String place) {
        return new LoginAttempt(text(random), text(random), text(random), place);
    }

    static LoginAttempt of(JsonObject json) {
        return new LoginAttempt(
                json.getString("state"), json.getString("nonce"), json.getString("verifier"), json.getString("place"));
    }

    JsonObject json() {
        return new JsonObject()
                .put("state", state)
                .put("nonce", nonce)
                .put("verifier", verifier)
                .put("place", place);
    }

    /** Where the browser is sent. */
    String question(URI endpoint, LoginSettings settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("response_type", "code");
        fields.put("client_id", settings.clientId());
        fields.put("redirect_uri", settings.callback());
        fields.put("scope", String.join(" ", settings.scopes()));
        fields.put("state", state);
        fields.put("nonce", nonce);
        fields.put("code_challenge", challenge());
        fields.put("code_challenge_method", "S256");
        return endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(fields);
    }

    /** What the token endpoint is sent. */
    String exchange(String code, LoginSettings settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", settings.callback());
        fields.put("client_id", settings.clientId());
        fields.put("code_verifier", verifier);
        return form(fields);
    }

    boolean isAnsweredBy(String answer) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), answer.getBytes(StandardCharsets.UTF_8));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String challenge() {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
