package io.tfdc.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PeersTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(Peers.class);
    private final Level level = log.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
        log.setLevel(level);
        log.setAdditive(true);
    }

    @Test
    void aBrokerThatIsAwayIsAskedAgainAndAgainButToldOnce() {
        int[] asked = {0};
        MessageBroker away = answering(MessageBroker.class, () -> {
            asked[0]++;
            return Future.failedFuture(new BrokerException(BrokerException.Reason.UNAVAILABLE, "not connected"));
        });
        KeyValueBucket none = answering(KeyValueBucket.class, () -> Future.failedFuture("unused"));
        Peers peers = new Peers(away, ClusterNames.DEFAULT, new ClusterBuckets(none, none, none), event -> {});

        for (int tick = 0; tick < 5; tick++) {
            peers.listenAs("abcx1");
        }
        peers.listenAs("abcx2");
        peers.listenAs("abcx2");

        assertEquals(7, asked[0]);
        assertEquals(2, lines.list.size());
    }

    private interface Answer {
        Object get();
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer.get()));
    }
}
