package io.tfdc.spc;

/** A multivariate baseline from which no inverse covariance can be computed; the message says which variable or why. */
public final class SingularCovarianceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SingularCovarianceException(String message) {
        super(message);
    }
}
