package io.tfdc.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public keys of a JWKS document by which tokens may be signed: RSA of at least 2,048 bits, and EC on the NIST curves. Each is bound to
 * the algorithm it is for, so that a token can't choose another one; symmetric keys and those for encryption are left out.
 *
 * @param keys in the form of RFC 7517, {@code alg} always given, public parts alone
 * @param ids their {@code kid}s
 */
public record SigningKeys(List<JsonObject> keys, Set<String> ids) {
    private static final int MOST = 64;
    private static final int LEAST_RSA_BYTES = 256;
    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Map<String, String> CURVES = Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512");
    private static final List<String> PUBLIC = List.of("kty", "kid", "n", "e", "crv", "x", "y");

    public SigningKeys {
        keys = List.copyOf(keys);
        ids = Set.copyOf(ids);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it has no usable key: an empty set would make the library take unsigned tokens
     */
    public static SigningKeys of(JsonObject document) {
        List<JsonObject> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Object listed = document.getValue("keys");
        if (listed instanceof JsonArray list) {
            for (Object one : list) {
                if (one instanceof JsonObject key && keys.size() < MOST && isForSignatures(key)) {
                    keys.add(publicPart(key));
                    if (key.getValue("kid") instanceof String id) {
                        ids.add(id);
                    }
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("JWKS: expected at least one RSA (2,048 bits) or EC key for signatures");
        }
        return new SigningKeys(keys, ids);
    }

    /** Whether a token that names this key can be checked by the set; one that names none can. */
    public boolean know(String id) {
        return id.isEmpty() || ids.contains(id);
    }

    private static boolean isForSignatures(JsonObject key) {
        boolean use = !key.containsKey("use") || "sig".equals(key.getValue("use"));
        return use && !algorithm(key).isEmpty();
    }

    /** The algorithm that the key is for, empty if it is none of ours. */
    private static String algorithm(JsonObject key) {
        String given = key.getValue("alg") instanceof String text ? text : "";
        if ("RSA".equals(key.getValue("kty"))) {
            boolean longEnough = key.getValue("n") instanceof String n && length(n) >= LEAST_RSA_BYTES;
            String algorithm = given.isEmpty() ? "RS256" : given;
            return longEnough && RSA.contains(algorithm) ? algorithm : "";
        }
        if ("EC".equals(key.getValue("kty")) && key.getValue("crv") instanceof String curve) {
            String algorithm = CURVES.getOrDefault(curve, "");
            return given.isEmpty() || given.equals(algorithm) ? algorithm : "";
        }
        return "";
    }

    private static int length(String base64) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64);
            return bytes.length > 0 && bytes[0] == 0 ? bytes.length - 1 : bytes.length;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static JsonObject publicPart(JsonObject key) {
        JsonObject part = new JsonObject();
        PUBLIC.stream().filter(key::containsKey).forEach(name -> part.put(name, key.getValue(name)));
        return part.put("alg", algorithm(key));
    }
}
