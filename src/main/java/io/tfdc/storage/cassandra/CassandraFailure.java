package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.tfdc.storage.StoreException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;

/** Turns what the driver says into the port's failure. */
final class CassandraFailure {
    private CassandraFailure() {}

    /**
     * A refused statement or refused credentials won't be accepted later; everything else the driver reports is about time-outs,
     * nodes and load, and may pass.
     */
    static StoreException of(String what, Throwable cause) {
        if (cause instanceof StoreException known) {
            return known;
        }
        return new StoreException(what + ": " + cause.getMessage(), retryable(cause), cause);
    }

    static boolean retryable(Throwable cause) {
        if (cause instanceof StoreException known) {
            return known.retryable();
        }
        if (cause instanceof QueryValidationException || cause instanceof AuthenticationException) {
            return false;
        }
        if (cause instanceof AllNodesFailedException nodes) {
            List<Throwable> errors = nodes.getAllErrors().values().stream()
                    .flatMap(Collection::stream)
                    .toList();
            return errors.isEmpty() || errors.stream().anyMatch(CassandraFailure::retryable);
        }
        if (cause instanceof DriverException
                || cause instanceof UnknownHostException
                || cause instanceof java.io.IOException
                || cause instanceof java.util.concurrent.TimeoutException) {
            return true;
        }
        // Preparing wraps what went wrong, in an exception of the cache of prepared statements.
        return cause.getCause() != null && retryable(cause.getCause());
    }
}
