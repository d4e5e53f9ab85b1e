package io.tfdc.console;

import io.tfdc.api.BusWatch;
import io.tfdc.processing.RunCompleted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches the event bus of the process. Every message is counted; while somebody looks, copies for reading are published in batches
 * as {@link #TAIL}, and what is beyond {@value #QUEUED} per batch is counted as left out rather than held. Besides, {@link #LIVE} tells
 * twice a second what was processed. Addresses of the console itself and of replies are not watched.
 */
public final class BusTap implements BusWatch {
    /** Batches of messages: {@code {messages: [{at, address, body}], leftOut}}. */
    static final String TAIL = "console.bus.tail";
    /** Counts and rates of all addresses, every second. */
    static final String RATES = "console.bus.rates";
    /** What was processed: {@code {runs, chambers: [...], alarms: [...]}}. */
    static final String LIVE = "console.live";
    /** Answers with what it is sent. */
    static final String ECHO = "console.echo";

    private static final String OWN = "console.";
    private static final String REPLIES = "__vertx";
    private static final int MOST_ADDRESSES = 500;
    private static final int QUEUED = 200;
    private static final int MOST_ALARMS = 50;
    private static final long BATCH_MILLIS = 250;
    private static final long LIVE_MILLIS = 500;
    private static final long ANSWER_MILLIS = 5_000;

    private final Vertx vertx;
    private final Set<String> sendable;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<JsonObject> tail = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicInteger leftOut = new AtomicInteger();
    private final AtomicInteger watchers = new AtomicInteger();
    private final List<RunCompleted> completed = new ArrayList<>();
    private volatile Map<String, Long> before = Map.of();
    private volatile Map<String, Long> perSecond = Map.of();

    private BusTap(Vertx vertx, Set<String> sendable) {
        this.vertx = vertx;
        this.sendable = Set.copyOf(sendable);
    }

    /** @param sendable addresses that may be sent to */
    public static BusTap start(Vertx vertx, Set<String> sendable) {
        BusTap tap = new BusTap(vertx, sendable);
        vertx.eventBus().addOutboundInterceptor(tap::see);
        vertx.eventBus().<JsonObject>localConsumer(ECHO, message -> message.reply(message.body()));
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, message -> tap.completed(message.body()));
        vertx.setPeriodic(BATCH_MILLIS, id -> tap.publishTail());
        vertx.setPeriodic(LIVE_MILLIS, id -> tap.publishLive());
        vertx.setPeriodic(1_000, id -> tap.publishRates());
        return tap;
    }

    /** How many look at the messages. */
    void watchers(int number) {
        watchers.set(number);
    }

    /** On the sender's thread: counts, and copies only while somebody looks. */
    private void see(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        String address = message.address();
        if (!address.startsWith(OWN) && !address.startsWith(REPLIES)) {
            LongAdder count = counts.get(address);
            if (count == null && counts.size() < MOST_ADDRESSES) {
                count = counts.computeIfAbsent(address, key -> new LongAdder());
            }
            if (count != null) {
                count.increment();
            }
            if (watchers.get() > 0) {
                JsonObject copy = new JsonObject()
                        .put("at", System.currentTimeMillis())
                        .put("address", address)
                        .put("body", BusJson.of(message.body()));
                if (!tail.offer(copy)) {
                    leftOut.incrementAndGet();
                }
            }
        }
        delivery.next();
    }

    private void publishTail() {
        JsonArray messages = new JsonArray();
        for (JsonObject one = tail.poll(); one != null && messages.size() < QUEUED; one = tail.poll()) {
            messages.add(one);
        }
        if (!messages.isEmpty()) {
            vertx.eventBus()
                    .publish(TAIL, new JsonObject().put("messages", messages).put("leftOut", leftOut.getAndSet(0)));
        }
    }

    /** Bus handlers and timers of one registration run on one context each: both sides take the lock. */
    private void completed(RunCompleted run) {
        synchronized (completed) {
            completed.add(run);
        }
    }

    private void publishLive() {
        List<RunCompleted> batch;
        synchronized (completed) {
            batch = List.copyOf(completed);
            completed.clear();
        }
        if (batch.isEmpty()) {
            return;
        }
        JsonArray alarms = new JsonArray();
        batch.stream()
                .flatMap(run -> run.events().stream())
                .limit(MOST_ALARMS)
                .forEach(event -> alarms.add(BusJson.event(event)));
        List<String> chambers = batch.stream()
                .map(run -> run.run().chamber().toString())
                .distinct()
                .toList();
        vertx.eventBus()
                .publish(
                        LIVE,
                        new JsonObject()
                                .put("runs", batch.size())
                                .put("chambers", new JsonArray(chambers))
                                .put("alarms", alarms));
    }

    private void publishRates() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((address, count) -> now.put(address, count.sum()));
        Map<String, Long> rates = new TreeMap<>();
        now.forEach((address, count) -> rates.put(address, count - before.getOrDefault(address, 0L)));
        before = now;
        perSecond = rates;
        vertx.eventBus().publish(RATES, addresses());
    }

    @Override
    public JsonObject addresses() {
        JsonArray all = new JsonArray();
        Map<String, Long> rates = perSecond;
        before.forEach((address, count) -> all.add(new JsonObject()
                .put("address", address)
                .put("count", count)
                .put("perSecond", rates.getOrDefault(address, 0L))));
        return new JsonObject()
                .put("addresses", all)
                .put("sendable", new JsonArray(new ArrayList<>(new TreeSet<>(sendable))));
    }

    @Override
    public Future<JsonObject> send(String address, JsonObject body) {
        if (!sendable.contains(address)) {
            throw new IllegalArgumentException("expected one of " + new TreeSet<>(sendable) + ", found " + address);
        }
        return vertx.eventBus()
                .request(
                        address,
                        body,
                        new DeliveryOptions().setSendTimeout(ANSWER_MILLIS).setLocalOnly(true))
                .map(answer -> new JsonObject().put("answer", answer.body()));
    }
}
