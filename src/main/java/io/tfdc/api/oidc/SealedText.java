package io.tfdc.api.oidc;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that browsers keep for us and can neither read nor change: AES-256-GCM under a key drawn from a secret, with an end and a purpose
 * that are sealed with them. Whoever has the secret opens them, so no process has to remember anything. Safe for use from any thread.
 */
final class SealedText {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String END = "sealed.end";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param scope what it is used for; texts of one scope mean nothing in another */
    SealedText(String secret, String scope) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            key = new SecretKeySpec(mac.doFinal(scope.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String seal(String purpose, JsonObject content, Instant end) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = content.copy().put(END, end.getEpochSecond()).encode().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce, 0).doFinal(plain);
            byte[] text = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, text, 0, NONCE);
            System.arraycopy(sealed, 0, text, NONCE, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was sealed for that purpose, if it was and its time isn't up. */
    Optional<JsonObject> open(String purpose, String text, Instant now) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= NONCE) {
                return Optional.empty();
            }
            byte[] plain = cipher(Cipher.DECRYPT_MODE, purpose, bytes, 0).doFinal(bytes, NONCE, bytes.length - NONCE);
            JsonObject content = new JsonObject(new String(plain, StandardCharsets.UTF_8));
            return now.getEpochSecond() < content.getLong(END, 0L) ? Optional.of(content) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | DecodeException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce, int at) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, at, NONCE));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
