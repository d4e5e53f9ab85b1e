package io.tfdc.api;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name for the audit log and as author, 1 to 128 characters
 * @param roles what is granted; every role includes that of a viewer
 */
public record Caller(String name, Set<Role> roles) {
    /** Somebody who did not say who he is. */
    static final String NOBODY = "anonymous";

    public Caller {
        if (name.isBlank() || name.length() > 128 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("caller: expected a name of 1 to 128 characters");
        }
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        all.addAll(roles);
        if (!all.isEmpty()) {
            all.add(Role.VIEWER);
        }
        roles = Set.copyOf(all);
    }

    /** Whether one of the roles is granted; an administrator has all. */
    public boolean has(Collection<Role> oneOf) {
        return roles.contains(Role.ADMIN) || oneOf.stream().anyMatch(roles::contains);
    }
}
