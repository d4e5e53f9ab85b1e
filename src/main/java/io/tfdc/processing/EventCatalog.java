package io.tfdc.processing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.List;

/** What processing tells on the event bus, and how such things travel there. Payloads go by reference within the process and are immutable. */
public final class EventCatalog {
    /**
     * One address.
     *
     * @param address where it is published
     * @param payload class of the message body
     * @param sender who publishes
     * @param meaning when, and in which order
     */
    public record Entry(String address, Class<?> payload, String sender, String meaning) {}

    public static final List<Entry> ENTRIES = List.of(
            new Entry(
                    RunCompleted.ADDRESS,
                    RunCompleted.class,
                    "processing",
                    "A run was processed and acknowledged. Once per acknowledgement; per chamber in processing order."),
            new Entry(
                    RunFailed.ADDRESS,
                    RunFailed.class,
                    "processing",
                    "An attempt failed; says why and what became of the message. Before the chamber's next run starts."),
            new Entry(
                    ProcessingStats.ADDRESS,
                    ProcessingStats.class,
                    "processing",
                    "Counters since the start and the load of the moment. Every second."));

    private EventCatalog() {}

    /** Makes the payloads sendable on this Vert.x instance; further calls change nothing. */
    public static void register(Vertx vertx) {
        register(vertx, ENTRIES);
    }

    /** Makes the payloads of other parts' events sendable, too. */
    public static void register(Vertx vertx, List<Entry> entries) {
        for (Entry entry : entries) {
            Object before = vertx.sharedData()
                    .<String, Boolean>getLocalMap("io.tfdc.codecs")
                    .putIfAbsent(entry.payload().getName(), true);
            if (before == null) {
                register(vertx.eventBus(), entry.payload());
            }
        }
    }

    private static <T> void register(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new ByReference<>(type));
    }

    /** Hands the object over as it is. */
    private static final class ByReference<T> implements MessageCodec<T, T> {
        private final Class<T> type;

        ByReference(Class<T> type) {
            this.type = type;
        }

        @Override
        public void encodeToWire(Buffer buffer, T message) {
            throw new IllegalStateException(type.getName() + " does not leave the process");
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            throw new IllegalStateException(type.getName() + " does not leave the process");
        }

        @Override
        public T transform(T message) {
            return message;
        }

        @Override
        public String name() {
            return "local:" + type.getName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
