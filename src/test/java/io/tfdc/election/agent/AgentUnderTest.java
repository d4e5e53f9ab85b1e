package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.util.Optional;

/** The agent's services over a real connection, in front of leases without replicas. */
final class AgentUnderTest implements AutoCloseable {
    final VertxTestKit kit = new VertxTestKit();
    final TableLog log = new TableLog();
    final AgentState state = new AgentState(log);
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final GrpcClient client = GrpcClient.client(kit.vertx());
    final SocketAddress address;

    AgentUnderTest(Optional<PodSource> pods) {
        CallMetrics metrics = new CallMetrics(meters, "agent-0", "a", log);
        HttpServer server = await(kit.vertx()
                .createHttpServer()
                .requestHandler(ElectionAgent.services(kit.vertx(), log, state, "a", pods, metrics))
                .listen(0, "127.0.0.1"));
        address = SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
    }

    @Override
    public void close() {
        await(client.close());
        kit.close();
    }
}
