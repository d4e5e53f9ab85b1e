package io.tfdc.clustersim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process's connection to a service. Requests are executed in their order within a channel and answered in their order; both take time. When the
 * connection is cut, what is under way may be executed, or not, or later: the sender only sees that no answer comes. A silent cut is noticed
 * late, and what was sent meanwhile may still arrive when the network is back. A connection may also be broken at the service's end alone.
 */
final class Link {
    /** Answers must be there after this time. */
    static final long REQUEST_TIMEOUT = 2 * VirtualTime.SECOND;

    private static final double LATE = 0.3;

    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedProcess process;
    private final Delays delays;
    private final Map<Channel, Long> lastSent = new EnumMap<>(Channel.class);
    private final Set<Replayable> watches = new LinkedHashSet<>();
    private final List<Runnable> stuck = new ArrayList<>();
    private final Set<Request<?>> open = new LinkedHashSet<>();
    private final Runnable onLost;
    private final Runnable onBack;
    private long lastArrived;
    private long generation;
    private boolean passing = true;
    private boolean connected = true;
    private boolean broken;
    private boolean forgotten;
    private long flakyUntil;
    private long staleUntil;
    private double slowness = 1;

    /** Requests of one channel are executed in the order in which they were sent. */
    enum Channel {
        BUCKETS,
        STREAM,
        SUBJECTS,
        CALLS
    }

    /** Something that catches up after a break. */
    interface Replayable {
        void replay();
    }

    private static final class Request<T> {
        final Consumer<T> answer;
        final Consumer<String> failed;
        boolean done;

        Request(Consumer<T> answer, Consumer<String> failed) {
            this.answer = answer;
            this.failed = failed;
        }
    }

    /**
     * @param onLost the process learns that the connection is gone
     * @param onBack the connection stands again, before the process learns of it
     */
    Link(World world, SimulatedProcess process, Delays delays, Runnable onLost, Runnable onBack) {
        this.time = world.time();
        this.chance = world.chance().split();
        this.process = process;
        this.delays = delays;
        this.onLost = onLost;
        this.onBack = onBack;
    }

    SimulatedProcess process() {
        return process;
    }

    Set<Replayable> watches() {
        return watches;
    }

    /** Whether bytes pass now. */
    boolean passes() {
        return passing && !forgotten;
    }

    /** As the process knows it. */
    boolean isConnected() {
        return connected;
    }

    /** Asks the service. Exactly one of the consumers is called, on the process. */
    <T> void request(Channel channel, Supplier<T> operation, Consumer<T> answer, Consumer<String> failed) {
        ask(channel, REQUEST_TIMEOUT, result -> result.accept(operation.get()), answer, failed);
    }

    /**
     * Asks somebody who may answer later, or never.
     *
     * @param timeout nanoseconds of the process's clock
     * @param operation happens at the service; is given whom to tell the result
     */
    <T> void ask(
            Channel channel,
            long timeout,
            Consumer<Consumer<T>> operation,
            Consumer<T> answer,
            Consumer<String> failed) {
        if (!connected) {
            process.later(VirtualTime.MILLI, () -> failed.accept("not connected"));
            return;
        }
        Request<T> request = new Request<>(answer, failed);
        open.add(request);
        process.later(timeout, () -> fail(request, "no answer in time"));
        send(channel, () -> {
            if (isRefusedNow()) {
                push(() -> fail(request, "the service has no leader"));
                return;
            }
            operation.accept(result -> {
                if (!isLostNow()) {
                    push(() -> complete(request, result));
                }
            });
        });
    }

    private boolean isRefusedNow() {
        return time.now() < flakyUntil && chance.happens(0.5);
    }

    private boolean isLostNow() {
        return time.now() < flakyUntil && chance.happens(0.3);
    }

    /** Sends without waiting for an answer. */
    void send(Channel channel, Runnable operation) {
        if (!connected) {
            return;
        }
        long at = Math.max(lastSent.getOrDefault(channel, 0L), time.now() + delay());
        lastSent.put(channel, at);
        time.at(at, () -> {
            if (passing && !broken && !forgotten) {
                operation.run();
            } else if (!forgotten && chance.happens(LATE)) {
                stuck.add(operation);
            }
        });
    }

    private long delay() {
        long delay = (long) (delays.draw(chance) * slowness);
        return time.now() < flakyUntil ? 4 * delay : delay;
    }

    private <T> void complete(Request<T> request, T result) {
        if (!request.done) {
            request.done = true;
            open.remove(request);
            request.answer.accept(result);
        }
    }

    private void fail(Request<?> request, String reason) {
        if (!request.done) {
            request.done = true;
            open.remove(request);
            request.failed.accept(reason);
        }
    }

    /** Something travels from the service to the process; it is lost if the connection breaks meanwhile. */
    void arrive(Runnable at) {
        if (forgotten) {
            return;
        }
        long sentIn = generation;
        lastArrived = Math.max(lastArrived, time.now() + delay());
        time.at(lastArrived, () -> {
            if (passing && connected && !broken && sentIn == generation) {
                at.run();
            }
        });
    }

    /** Like {@link #arrive}, but for news of changes, which may be held up. */
    void arriveWithNews(Runnable at) {
        if (time.now() < staleUntil) {
            time.at(staleUntil, () -> arrive(at));
        } else {
            arrive(at);
        }
    }

    /** News of changes come no earlier. */
    void holdNews(long until) {
        staleUntil = until;
    }

    /** Something is sent to the process, to be dealt with there. */
    void push(Runnable onProcess) {
        arrive(() -> process.deliver(onProcess));
    }

    /**
     * Nothing passes from now on.
     *
     * @param silent the ends notice only after a while that nothing comes
     */
    void cut(boolean silent) {
        if (!passing) {
            broken |= !silent;
            return;
        }
        passing = false;
        broken = !silent;
        generation++;
        long since = generation;
        process.later(silent ? chance.millis(3_000, 8_000) : chance.millis(5, 100), () -> {
            if (!passing && since == generation) {
                lose();
            }
        });
    }

    /**
     * The service forgets the connection: what is sent from now on is lost, and nothing comes but what is under way. The process notices at the
     * next packet, or much later, and connects anew.
     */
    void forget() {
        if (forgotten || !passing || !connected) {
            return;
        }
        forgotten = true;
        process.later(chance.happens(0.5) ? chance.millis(5, 300) : chance.millis(300, 12_000), () -> {
            if (forgotten) {
                lose();
                process.later(chance.millis(20, 1_500), this::reconnect);
            }
        });
    }

    private void lose() {
        if (connected) {
            connected = false;
            List.copyOf(open).forEach(request -> fail(request, "connection lost"));
            onLost.run();
        }
    }

    /** Bytes pass again; a connection that was given up is built anew. */
    void heal() {
        if (passing) {
            return;
        }
        passing = true;
        generation++;
        List<Runnable> late = List.copyOf(stuck);
        stuck.clear();
        late.forEach(operation -> time.after(delay(), operation));
        if (broken) {
            process.deliver(() -> {
                lose();
                process.later(chance.millis(20, 1_500), this::reconnect);
            });
            return;
        }
        if (connected) {
            catchUp();
        } else {
            process.later(chance.millis(20, 1_500), this::reconnect);
        }
    }

    private void reconnect() {
        if (passing && !connected) {
            connected = true;
            broken = false;
            forgotten = false;
            generation++;
            onBack.run();
            catchUp();
        }
    }

    private void catchUp() {
        List.copyOf(watches).forEach(Replayable::replay);
    }

    /** The service changes its own leader: requests fail or take long. */
    void flaky(long until) {
        flakyUntil = until;
    }

    void slow(double factor) {
        slowness = factor;
    }

    /** How long a message takes in one direction: nearly always the lower bound and a bit, seldom up to the upper one. */
    record Delays(long low, long usual, long high) {
        private static final double TAIL = 0.02;

        long draw(Chance chance) {
            return chance.happens(TAIL) ? chance.between(usual, high) : chance.between(low, usual);
        }

        static Delays micros(long low, long usual, long high) {
            return new Delays(low * 1_000, usual * 1_000, high * 1_000);
        }
    }
}
