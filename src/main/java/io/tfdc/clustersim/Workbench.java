package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import io.tfdc.clustersim.SimulatedStream.Pull;
import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.Progress;
import io.tfdc.model.ChamberId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work of a process: pulls from its slices, runs of a chamber one after the other, and each asks the core before execution and before every
 * write. A message that may not be worked on is left alone.
 */
final class Workbench {
    private static final int MAX_IN_FLIGHT = 24;
    private static final int MAX_AT_WORK = 10;
    private static final int BATCH = 8;
    private static final long PULL_TIME = 2 * VirtualTime.SECOND;
    private static final long EXTEND_EVERY = 10 * VirtualTime.SECOND;
    private static final long STORE_RETRY = 300 * VirtualTime.MILLI;
    private static final long DOUBT_PAUSE = 20 * VirtualTime.MILLI;

    private final World world;
    private final SimulatedProcess process;
    private final MemberCore core;
    private final Map<String, Slice> slices = new LinkedHashMap<>();
    private final Map<Integer, Deque<Job>> lanes = new TreeMap<>();
    private int inFlight;
    private int atWork;
    private long processed;
    private double slowness = 1;

    private static final class Slice {
        final String name;
        boolean paused;

        @Nullable
        Pull pulling;

        int expected;

        Slice(String name) {
            this.name = name;
        }
    }

    private static final class Job {
        final Notification message;
        final long since;
        String slice;
        boolean atWork;
        boolean dropped;

        Job(Notification message, String slice, long since) {
            this.message = message;
            this.slice = slice;
            this.since = since;
        }
    }

    Workbench(World world, SimulatedProcess process, MemberCore core) {
        this.world = world;
        this.process = process;
        this.core = core;
    }

    void open(String name) {
        slices.put(name, new Slice(name));
        resume();
    }

    void pause(String name, boolean paused) {
        Slice slice = slices.get(name);
        if (slice != null) {
            slice.paused = paused;
            resume();
        }
    }

    /** No more of these chambers; what of them is not at work is forgotten. */
    void letGo(String name, BitSet remaining) {
        drop(job -> job.slice.equals(name) && !remaining.get(job.message.chamber()));
    }

    void close(String name) {
        if (slices.remove(name) != null) {
            drop(job -> job.slice.equals(name));
        }
    }

    boolean has(String name) {
        return slices.containsKey(name);
    }

    void abandon() {
        slices.clear();
        drop(job -> true);
    }

    /** What was pulled before does not come any more. */
    void disconnected() {
        slices.values().forEach(slice -> slice.pulling = null);
    }

    /** Jobs that wait are forgotten; those at work are not settled. */
    private void drop(java.util.function.Predicate<Job> condition) {
        for (Deque<Job> lane : lanes.values()) {
            lane.removeIf(job -> {
                boolean gone = condition.test(job);
                if (gone && job.atWork) {
                    job.dropped = true;
                    return false;
                }
                inFlight -= gone ? 1 : 0;
                return gone;
            });
        }
        lanes.values().removeIf(Deque::isEmpty);
    }

    Progress progress() {
        long oldest = lanes.values().stream()
                .mapToLong(lane -> lane.element().since)
                .min()
                .orElse(process.nanos());
        return new Progress(processed, 0, inFlight, Math.max(0, (process.nanos() - oldest) / VirtualTime.MILLI), "");
    }

    /** Whether it neither pulls nor has anything at work that could be stored. */
    boolean isIdle() {
        return slices.isEmpty()
                && (atWork == 0
                        || lanes.values().stream().flatMap(Deque::stream).noneMatch(job -> job.atWork && !job.dropped));
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether it has nothing in flight: then nothing may wait for it. */
    boolean isWithoutWork() {
        return inFlight == 0;
    }

    void slowDown(double factor) {
        slowness = factor;
    }

    /** Pulls where it may, and starts what may be started. */
    void resume() {
        for (Integer chamber : lanes.keySet().toArray(Integer[]::new)) {
            startNext(chamber);
        }
        if (process.broker().isConnected()) {
            slices.values().forEach(this::pull);
        }
    }

    private void pull(Slice slice) {
        int free = Math.min(BATCH, MAX_IN_FLIGHT - inFlight);
        if (slice.paused || slice.pulling != null || free <= 0) {
            return;
        }
        Pull pull = new Pull(process, free, world.time().now() + PULL_TIME);
        slice.pulling = pull;
        slice.expected = free;
        String name = slice.name;
        process.broker().send(Link.Channel.SUBJECTS, () -> {
            if (!world.stream().pull(name, pull)) {
                process.broker().push(() -> process.members().consumerGone(name));
            }
        });
        process.later(PULL_TIME, () -> {
            if (slice.pulling == pull) {
                slice.pulling = null;
                if (slices.get(name) == slice && process.broker().isConnected()) {
                    pull(slice);
                }
            }
        });
    }

    void receive(String slice, Notification message) {
        Slice known = slices.get(slice);
        if (known == null) {
            return;
        }
        if (--known.expected == 0) {
            known.pulling = null;
        }
        Deque<Job> lane = lanes.computeIfAbsent(message.chamber(), c -> new ArrayDeque<>());
        for (Job job : lane) {
            if (job.message.sequence() == message.sequence() && !job.dropped) {
                job.slice = slice;
                return;
            }
        }
        inFlight++;
        lane.add(new Job(message, slice, process.nanos()));
        startNext(message.chamber());
        pull(known);
    }

    private void startNext(int chamber) {
        Deque<Job> lane = lanes.get(chamber);
        Job job = lane == null ? null : lane.element();
        if (job == null || job.atWork || atWork >= MAX_AT_WORK) {
            return;
        }
        if (isInDoubt()) {
            process.members().tell(new MemberEvent.CertaintyWanted());
            return;
        }
        if (!(ignoresDoubt()
                ? core.serves(world.chamber(chamber), process.nanos())
                : core.mayExecute(world.chamber(chamber), process.nanos()))) {
            return;
        }
        job.atWork = true;
        atWork++;
        world.checks().started(process, job.message);
        process.members().tell(new MemberEvent.RunStarted(world.chamber(chamber)));
        Scenario.Work work = world.scenario().work();
        long duration = (long)
                (world.chance().happens(work.longShare())
                        ? world.chance()
                                .between(work.usual().toNanos(), work.longest().toNanos())
                        : world.chance()
                                .between(work.shortest().toNanos(), work.usual().toNanos()));
        process.later((long) (duration * slowness), () -> inCertainty(job, this::store));
        keepAlive(job);
    }

    private void keepAlive(Job job) {
        process.later(EXTEND_EVERY, () -> {
            if (job.atWork && !job.dropped) {
                String slice = job.slice;
                process.broker().send(Link.Channel.STREAM, () -> world.stream().extend(slice, job.message.sequence()));
                keepAlive(job);
            }
        });
    }

    private boolean mayStore(Job job) {
        ChamberId chamber = world.chamber(job.message.chamber());
        boolean may = ignoresDoubt() ? core.keeps(chamber, process.nanos()) : core.mayStore(chamber, process.nanos());
        return !job.dropped && may || world.scenario().sabotage() == Sabotage.ACK_AFTER_LOSS;
    }

    private boolean isInDoubt() {
        return core.isInDoubt(process.nanos()) && !ignoresDoubt();
    }

    private boolean ignoresDoubt() {
        return world.scenario().sabotage() == Sabotage.IGNORED_DOUBT;
    }

    /** Does it once it is certain whether the process may, or can't any more. */
    private void inCertainty(Job job, Consumer<Job> step) {
        if (job.dropped || !isInDoubt()) {
            step.accept(job);
        } else {
            process.members().tell(new MemberEvent.CertaintyWanted());
            process.later(DOUBT_PAUSE, () -> inCertainty(job, step));
        }
    }

    private void store(Job job) {
        if (!mayStore(job)) {
            finish(job, "leaves");
            return;
        }
        Notification message = job.message;
        world.checks().writes(process, message);
        process.storeLink()
                .<Boolean>request(
                        Link.Channel.CALLS,
                        () -> {
                            world.store().write(message.chamber(), message.context(), process.name());
                            return true;
                        },
                        stored -> inCertainty(job, this::acknowledge),
                        reason -> process.later(STORE_RETRY, () -> inCertainty(job, this::store)));
    }

    private void acknowledge(Job job) {
        if (!mayStore(job)) {
            finish(job, "leaves stored");
            return;
        }
        Notification message = job.message;
        String slice = job.slice;
        world.checks().writes(process, message);
        process.broker()
                .<Boolean>request(
                        Link.Channel.STREAM,
                        () -> {
                            boolean accepted = world.stream().acknowledge(slice, message.sequence());
                            world.checks().acknowledged(process, message, accepted);
                            return accepted;
                        },
                        accepted -> {
                            processed++;
                            finish(job, accepted ? "finishes" : "finishes, acknowledged in vain");
                        },
                        reason -> finish(job, "finishes, acknowledgement unknown"));
    }

    private void finish(Job job, String how) {
        int chamber = job.message.chamber();
        world.timeline().note(process.name(), how, job.message, chamber);
        job.atWork = false;
        job.dropped = true;
        atWork--;
        inFlight--;
        Deque<Job> lane = lanes.get(chamber);
        if (lane != null) {
            lane.remove(job);
            if (lane.isEmpty()) {
                lanes.remove(chamber);
            }
        }
        world.checks().finished(process, job.message);
        process.members().tell(new MemberEvent.RunFinished(world.chamber(chamber)));
        resume();
    }
}
