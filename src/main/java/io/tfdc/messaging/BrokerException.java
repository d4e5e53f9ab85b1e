package io.tfdc.messaging;

/** A broker operation that did not succeed, with the reason callers decide by. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public BrokerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public BrokerException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why it failed. */
    public enum Reason {
        /** Not connected, or the connection was lost on the way: the operation may have taken effect. */
        UNAVAILABLE,
        /** No answer in time: the operation may have taken effect. */
        TIMEOUT,
        /** Nobody listens to the subject. */
        NO_RESPONDERS,
        /** A consumer's filter overlaps one that exists on a work queue. */
        FILTER_OVERLAP,
        /** The key exists, or its revision is not the expected one. */
        WRONG_REVISION,
        /** Stream, consumer, bucket or message does not exist. */
        NOT_FOUND,
        /** The payload is larger than the broker or the bucket takes. */
        TOO_LARGE,
        /** The request is not valid, or the broker refused it for good. */
        REFUSED
    }
}
