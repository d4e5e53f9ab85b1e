package io.tfdc.coordination;

/** Bytes that are not the record they should be; the message names the field. */
public final class RecordFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    RecordFormatException(String message) {
        super(message);
    }
}
