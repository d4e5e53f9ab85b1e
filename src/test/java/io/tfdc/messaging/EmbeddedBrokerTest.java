package io.tfdc.messaging;

import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Nested;

class EmbeddedBrokerTest {
    private static Future<MessageBroker> broker(Vertx vertx) {
        return Future.succeededFuture(EmbeddedBroker.create(vertx));
    }

    @Nested
    class Streams extends StreamContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return broker(vertx);
        }
    }

    @Nested
    class Queues extends WorkQueueContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return broker(vertx);
        }
    }

    @Nested
    class Handover extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return broker(vertx);
        }
    }

    @Nested
    class Plain extends PlainMessagingContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return broker(vertx);
        }
    }

    @Nested
    class Buckets extends BucketContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return broker(vertx);
        }
    }
}
