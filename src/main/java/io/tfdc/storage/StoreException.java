package io.tfdc.storage;

/** A store operation that did not succeed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public StoreException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    public StoreException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** True if the same call may succeed later (time-out, no replica), false if it never will (corrupt data, bad request). */
    public boolean retryable() {
        return retryable;
    }
}
