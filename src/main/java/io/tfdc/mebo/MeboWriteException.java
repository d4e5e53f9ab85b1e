package io.tfdc.mebo;

/** What was handed to a writer cannot be put into a blob: the message names the metric and the rule. */
public final class MeboWriteException extends IllegalArgumentException {
    MeboWriteException(String message) {
        super(message);
    }
}
