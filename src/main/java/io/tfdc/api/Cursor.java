package io.tfdc.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ends, opaque to callers. */
final class Cursor {
    private Cursor() {}

    static String of(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    static String place(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("query", "cursor", "not one that was handed out");
        }
    }
}
