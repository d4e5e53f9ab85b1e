package io.tfdc.messaging;

/** A notification that can't be read; it will not become readable by trying again. */
public final class NotificationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    NotificationException(String field, String problem) {
        super("notification" + (field.isEmpty() ? "" : "." + field) + ": " + problem);
        this.field = field;
    }

    /** The field at fault such as {@code attributes.recipe}, empty if it is the message as a whole. */
    public String field() {
        return field;
    }
}
