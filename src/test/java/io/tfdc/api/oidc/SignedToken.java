package io.tfdc.api.oidc;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, wrong ones too, which no library would. */
final class SignedToken {
    private SignedToken() {}

    /** A key of a provider. */
    record Key(String id, String algorithm, KeyPair pair) {
        static Key rsa(String id, int bits) {
            return new Key(id, "RS256", generated("RSA", generator -> generator.initialize(bits)));
        }

        static Key rsa(String id) {
            return rsa(id, 2048);
        }

        static Key ec(String id) {
            return new Key(
                    id,
                    "ES256",
                    generated("EC", generator -> generator.initialize(new ECGenParameterSpec("secp256r1"))));
        }

        /** As a JWKS document lists it. */
        JsonObject jwk() {
            JsonObject jwk = new JsonObject().put("kid", id).put("use", "sig").put("alg", algorithm);
            if (pair.getPublic() instanceof RSAPublicKey rsa) {
                return jwk.put("kty", "RSA")
                        .put("n", base64(unsigned(rsa.getModulus(), 0)))
                        .put("e", base64(unsigned(rsa.getPublicExponent(), 0)));
            }
            ECPublicKey ec = (ECPublicKey) pair.getPublic();
            return jwk.put("kty", "EC")
                    .put("crv", "P-256")
                    .put("x", base64(unsigned(ec.getW().getAffineX(), 32)))
                    .put("y", base64(unsigned(ec.getW().getAffineY(), 32)));
        }

        String sign(JsonObject claims) {
            return sign(new JsonObject().put("alg", algorithm).put("kid", id), claims);
        }

        String sign(JsonObject header, JsonObject claims) {
            String input = base64(header.encode()) + '.' + base64(claims.encode());
            try {
                Signature signature = Signature.getInstance(
                        pair.getPrivate().getAlgorithm().equals("RSA")
                                ? "SHA256withRSA"
                                : "SHA256withECDSAinP1363Format");
                signature.initSign(pair.getPrivate());
                signature.update(input.getBytes(StandardCharsets.US_ASCII));
                return input + '.' + base64(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** HMAC with whatever bytes the attacker knows. */
    static String hmac(JsonObject header, JsonObject claims, byte[] secret) {
        String input = base64(header.encode()) + '.' + base64(claims.encode());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + '.' + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int size = Math.max(length, (number.bitLength() + 7) / 8);
        byte[] result = new byte[size];
        int copied = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - copied, result, size - copied, copied);
        return result;
    }

    private interface Setup {
        void apply(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair generated(String algorithm, Setup setup) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            setup.apply(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
