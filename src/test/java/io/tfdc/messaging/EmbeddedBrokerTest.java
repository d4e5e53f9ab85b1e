package io.tfdc.messaging;

import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Nested;

class EmbeddedBrokerTest {
    @Nested
    class Streams extends MessageBrokerContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return Future.succeededFuture(EmbeddedBroker.create(vertx));
        }
    }

    @Nested
    class Handover extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return Future.succeededFuture(EmbeddedBroker.create(vertx));
        }
    }

    @Nested
    class Buckets extends BucketContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return Future.succeededFuture(EmbeddedBroker.create(vertx));
        }
    }

    @Nested
    class Queues extends WorkQueueContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return Future.succeededFuture(EmbeddedBroker.create(vertx));
        }
    }
}
