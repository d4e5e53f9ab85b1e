package io.tfdc.cluster;

import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

class EmbeddedClusterTest extends ClusterContract {
    @Override
    Future<MessageBroker> connect(Vertx vertx) {
        return Future.succeededFuture(EmbeddedBroker.create(vertx));
    }
}
