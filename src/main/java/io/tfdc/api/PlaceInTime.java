package io.tfdc.api;

import java.time.Instant;

/**
 * The last row of a page that goes back in time.
 *
 * @param at to the millisecond
 * @param id orders rows of the same millisecond
 */
record PlaceInTime(Instant at, String id) {
    /** The place that a {@link #cursor} names. */
    static PlaceInTime of(String cursor) {
        String place = Cursor.place(cursor);
        int bar = place.indexOf('|');
        try {
            return new PlaceInTime(
                    Instant.ofEpochMilli(Long.parseLong(place.substring(0, Math.max(0, bar)))),
                    place.substring(bar + 1));
        } catch (NumberFormatException e) {
            throw Problem.invalid("query", "cursor", "not one that was handed out");
        }
    }

    String cursor() {
        return Cursor.of(at.toEpochMilli() + "|" + id);
    }
}
