package io.tfdc.election.agent;

import grpc.health.v1.HealthCheckRequest;
import grpc.health.v1.HealthCheckResponse;
import grpc.health.v1.HealthCheckResponse.ServingStatus;
import grpc.health.v1.HealthService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.streams.WriteStream;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The service {@code grpc.health.v1.Health}. A process that answers is alive; it is ready when its state says so. */
final class HealthCalls extends HealthService {
    static final String LIVENESS = "liveness";
    static final String READINESS = "readiness";

    private static final long WATCH_MILLIS = 500;

    private final Vertx vertx;
    private final Map<String, BooleanSupplier> services;

    HealthCalls(Vertx vertx, AgentState state) {
        this.vertx = vertx;
        this.services = Map.of("", () -> true, LIVENESS, () -> true, READINESS, state::isReady);
    }

    @Override
    public Future<HealthCheckResponse> check(HealthCheckRequest request) {
        ServingStatus status = status(request.getService());
        return status == ServingStatus.SERVICE_UNKNOWN
                ? Future.failedFuture(new StatusException(GrpcStatus.NOT_FOUND, "unknown service"))
                : Future.succeededFuture(response(status));
    }

    /** Tells the present status and every change, until the caller goes. */
    @Override
    protected void watch(HealthCheckRequest request, WriteStream<HealthCheckResponse> caller) {
        new Watch(request.getService(), caller).tell();
    }

    private final class Watch {
        private final String service;
        private final WriteStream<HealthCheckResponse> caller;
        private @Nullable ServingStatus told;

        Watch(String service, WriteStream<HealthCheckResponse> caller) {
            this.service = service;
            this.caller = caller;
        }

        void tell() {
            ServingStatus now = status(service);
            Future<Void> written = now == told ? Future.succeededFuture() : caller.write(response(now));
            told = now;
            // A caller that has gone fails the next write, and the watch ends.
            written.onSuccess(done -> vertx.setTimer(WATCH_MILLIS, id -> tell()));
        }
    }

    private ServingStatus status(String service) {
        BooleanSupplier serving = services.get(service);
        if (serving == null) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return serving.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
