package io.tfdc.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Nobody has a role by default. */
public enum Role {
    /** Look at everything but diagnostics. */
    VIEWER,
    /** Work on alarms and strategies. */
    ENGINEER,
    /** Work on alarms, dead letters and the cluster. */
    OPERATOR,
    /** All of it, and diagnostics. */
    ADMIN;

    /** The role of a name as contract, token file and JWT write it. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
