package io.tfdc.election;

/** The election service could not be asked or refused the question: the outcome is open. */
public final class ElectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ElectionException(String message) {
        super(message);
    }

    public ElectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
