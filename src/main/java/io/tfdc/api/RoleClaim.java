package io.tfdc.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's tokens say what somebody may do. Whoever has none of the values has no role: nothing is granted by default.
 *
 * @param claim name of the claim, or its steps separated by dots ({@code realm_access.roles}); a claim of that very name comes first
 * @param roles role by value of the claim; empty if the values are the names of roles
 */
public record RoleClaim(String claim, Map<String, Role> roles) {
    public RoleClaim {
        roles = Map.copyOf(roles);
    }

    /**
     * Reads {@code value=role} pairs; a value may contain further equals signs.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static RoleClaim of(String claim, List<String> pairs) {
        Map<String, Role> roles = new java.util.HashMap<>();
        for (String pair : pairs) {
            int equals = pair.lastIndexOf('=');
            Role role = equals < 1
                    ? null
                    : Role.of(pair.substring(equals + 1).strip()).orElse(null);
            if (role == null) {
                throw new IllegalArgumentException("expected VALUE=ROLE with one of "
                        + Arrays.stream(Role.values()).map(Role::text).toList() + ", found \"" + pair + '"');
            }
            roles.put(pair.substring(0, equals).strip(), role);
        }
        return new RoleClaim(claim, roles);
    }

    /** The roles that a token's claims grant. */
    public Set<Role> of(JsonObject claims) {
        Set<Role> granted = EnumSet.noneOf(Role.class);
        for (String value : values(claims)) {
            if (roles.isEmpty()) {
                Role.of(value).ifPresent(granted::add);
            } else if (roles.containsKey(value)) {
                granted.add(roles.get(value));
            }
        }
        return granted;
    }

    private List<String> values(JsonObject claims) {
        Object value = claims.containsKey(claim) ? claims.getValue(claim) : deep(claims);
        if (value instanceof JsonArray list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text ? List.of(text.split(" ")) : List.of();
    }

    private @Nullable Object deep(JsonObject claims) {
        Object value = claims;
        for (String step : claim.split("\\.")) {
            value = value instanceof JsonObject object ? object.getValue(step) : null;
        }
        return value;
    }
}
