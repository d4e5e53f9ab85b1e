package io.tfdc.election.agent;

import io.tfdc.election.lease.LeaseKey;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.regex.Pattern;

/** What a request may contain. Anything else ends it with INVALID_ARGUMENT. */
final class RequestChecks {
    static final int MAX_NAME = 256;
    static final int MIN_TERM_MILLIS = 1_000;

    private static final Pattern KUBERNETES_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private RequestChecks() {}

    static LeaseKey key(String kind, String election) {
        return new LeaseKey(kind(kind), name("election", election));
    }

    static String kind(String kind) {
        return kind.isEmpty() ? LeaseKey.DEFAULT_KIND : name("kind", kind);
    }

    static String name(String field, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw invalid(field + ": expected 1 to " + MAX_NAME + " characters, found " + name.length());
        }
        return name;
    }

    static int term(int millis) {
        if (millis < MIN_TERM_MILLIS) {
            throw invalid("term: expected at least " + MIN_TERM_MILLIS + " ms, found " + millis);
        }
        return millis;
    }

    static int within(String field, int value, int max) {
        if (value < 0 || value > max) {
            throw invalid(field + ": expected 0 to " + max + ", found " + value);
        }
        return value;
    }

    static String kubernetesName(String field, String name) {
        if (!KUBERNETES_NAME.matcher(name).matches()) {
            throw invalid(field + ": expected a name of Kubernetes");
        }
        return name;
    }

    private static StatusException invalid(String message) {
        return new StatusException(GrpcStatus.INVALID_ARGUMENT, message);
    }
}
