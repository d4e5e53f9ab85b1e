package io.tfdc.model;

import java.time.Instant;

/**
 * A change that somebody asked for, and what came of it. Entries are only added.
 *
 * @param id unique among the entries of one millisecond, 1 to 64 of {@code A-Z a-z 0-9 _ -}; storing one twice leaves one
 * @param at when it was answered, kept to the millisecond
 * @param caller who asked, 1 to 128 characters
 * @param address from where, may be empty
 * @param operation operation of the API's contract
 * @param subject what it was about, without texts and documents; may be empty
 * @param status HTTP status of the answer
 */
public record AuditEntry(
        String id, Instant at, String caller, String address, String operation, String subject, int status) {
    public static final int MAX_SUBJECT = 400;

    public AuditEntry {
        Names.token("id of an audit entry", id, 64);
        Names.requiredText("caller", caller, 128);
        Names.text("address", address, 128);
        Names.token("operation", operation, 128);
        Names.text("subject", subject, MAX_SUBJECT);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("audit entry: expected a status of 100 to 599, found " + status);
        }
    }
}
