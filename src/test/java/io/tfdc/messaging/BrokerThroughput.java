package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;

import io.tfdc.messaging.StreamConfig.Retention;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages per second of the brokers: publishing with 256 outstanding, then consuming and acknowledging. Prints, asserts nothing. */
final class BrokerThroughput {
    private static final int OUTSTANDING = 256;

    private BrokerThroughput() {}

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        Vertx vertx = Vertx.vertx();
        measure("embedded", vertx, EmbeddedBroker.create(vertx), count);
        for (NatsDistribution.Suite suite : NatsDistribution.Suite.values()) {
            try (NatsServer server = NatsServer.start(NatsDistribution.obtain(suite))) {
                MessageBroker broker = await(NatsBroker.connect(vertx, NatsOptions.of("throughput", server.url())));
                measure("NATS " + suite, vertx, broker, count);
            }
        }
        await(vertx.close());
    }

    private static void measure(String name, Vertx vertx, MessageBroker broker, int count) {
        MessageStream stream = await(broker.stream(new StreamConfig(
                "q", List.of("q.>"), Retention.WORK_QUEUE, Duration.ofDays(1), -1, Duration.ofMinutes(2), 1, 64)));
        for (int round = 1; round <= 3; round++) {
            int from = round * count;
            double published = rate(count, () -> publish(vertx, stream, from, count));
            WorkConsumer consumer = await(stream.createConsumer(new ConsumerConfig(
                    "c" + round, List.of("q.a"), Duration.ofSeconds(30), -1, 10_000, Duration.ZERO)));
            double consumed = rate(count, () -> consume(vertx, consumer, 256, count));
            await(consumer.stop());
            await(stream.deleteConsumer("c" + round));
            System.out.printf("%s: published %.0f/s, consumed and acknowledged %.0f/s%n", name, published, consumed);
        }
        await(broker.close());
    }

    private static double rate(int count, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return count * 1e9 / (System.nanoTime() - begun);
    }

    private static void publish(Vertx vertx, MessageStream stream, int from, int count) {
        Promise<Void> done = Promise.promise();
        byte[] payload = new byte[250];
        vertx.getOrCreateContext().runOnContext(v -> {
            AtomicInteger next = new AtomicInteger();
            AtomicInteger finished = new AtomicInteger();
            Runnable[] one = new Runnable[1];
            one[0] = () -> {
                int number = next.getAndIncrement();
                if (number < count) {
                    stream.publish("q.a", payload, "id" + (from + number), Map.of())
                            .onComplete(ack -> {
                                if (ack.failed()) {
                                    done.tryFail(ack.cause());
                                } else if (finished.incrementAndGet() == count) {
                                    done.tryComplete();
                                }
                                vertx.runOnContext(w -> one[0].run());
                            });
                }
            };
            for (int i = 0; i < OUTSTANDING; i++) {
                one[0].run();
            }
        });
        await(done.future());
    }

    private static void consume(Vertx vertx, WorkConsumer consumer, int maxInFlight, int count) {
        AtomicInteger done = new AtomicInteger();
        Promise<Void> started = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(v -> consumer.start(
                                maxInFlight, message -> message.ack().onSuccess(acked -> done.incrementAndGet()))
                        .onComplete(started));
        await(Future.all(List.of(started.future())));
        eventually("consumed " + count, () -> done.get() >= count);
    }
}
