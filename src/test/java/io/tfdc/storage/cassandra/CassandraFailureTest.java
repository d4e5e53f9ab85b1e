package io.tfdc.storage.cassandra;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CassandraFailureTest {
    @Test
    void whatMayPassIsRetryableHoweverItIsWrapped() {
        Throwable slow = new DriverTimeoutException("Query timed out after PT2S");
        assertTrue(CassandraFailure.retryable(slow));
        assertTrue(CassandraFailure.retryable(new CompletionException(slow)));
        assertTrue(CassandraFailure.retryable(new RuntimeException(new ExecutionException(slow))));
    }

    @Test
    void whatWillBeRefusedAgainIsNot() {
        Throwable refused = new AuthenticationException(
                new DefaultEndPoint(InetSocketAddress.createUnresolved("node", 9042)), "wrong");
        assertFalse(CassandraFailure.retryable(refused));
        assertFalse(CassandraFailure.retryable(new CompletionException(refused)));
        assertFalse(CassandraFailure.retryable(new IllegalStateException("a mistake of ours")));
    }
}
