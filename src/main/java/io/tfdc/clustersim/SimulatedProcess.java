package io.tfdc.clustersim;

import io.tfdc.coordination.Identity;
import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.Now;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One start of {@code defender run}: a clock of its own, connections, the cores and what carries their effects out. It can be killed, frozen
 * and slowed down.
 */
final class SimulatedProcess {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final long TICK = io.tfdc.coordination.ClusterSettings.TICK.toNanos();
    private static final int TICKS_PER_REPORT = 10;

    private final World world;
    private final Identity identity;
    private final double rate;
    private final long origin;
    private final long born;
    private final Link broker;
    private final Link electionLink;
    private final Link storeLink;
    private final MemberCore core;
    private final MemberDriver members;
    private final CandidateDriver candidate;
    private final Workbench workbench;
    private final Deque<Runnable> inbox = new ArrayDeque<>();
    private final Runnable onEnd;
    private @Nullable LeaderDriver leader;
    private boolean alive = true;
    private boolean frozen;
    private long lag;
    private long lastRun;
    private long ticks;

    /** @param onEnd called when the process has ended, by itself or killed */
    SimulatedProcess(World world, Identity identity, Runnable onEnd) {
        this.world = world;
        this.identity = identity;
        this.onEnd = onEnd;
        Chance chance = world.chance();
        double skew = world.scenario().clockSkew();
        this.rate = chance.between(1 - skew, 1 + skew);
        // Negative, and near the overflow of the counter now and then: differences alone may count.
        this.origin = chance.happens(0.1) ? Long.MAX_VALUE - chance.millis(0, 60_000) : chance.seed();
        this.born = world.time().now();
        BrokerFlavour flavour = world.scenario().flavour();
        this.broker = new Link(
                world,
                this,
                flavour == BrokerFlavour.STANDALONE
                        ? Link.Delays.micros(150, 1_500, 40_000)
                        : Link.Delays.micros(400, 5_000, 120_000),
                this::brokerLost,
                this::brokerBack);
        Link.Delays other = Link.Delays.micros(200, 3_000, 60_000);
        this.electionLink = new Link(world, this, other, () -> {}, () -> {});
        this.storeLink = new Link(world, this, Link.Delays.micros(500, 15_000, 200_000), () -> {}, () -> {});
        this.core = new MemberCore(identity, world.cluster(), chance.seed());
        this.members = new MemberDriver(world, this, core);
        this.candidate = new CandidateDriver(world, this, chance.seed());
        this.workbench = new Workbench(world, this, core);
    }

    void start() {
        world.timeline().note(name(), "starts", identity.podName());
        world.born(this);
        deliver(members::start);
        later(world.chance().between(0, TICK), this::tick);
    }

    private void tick() {
        later(TICK + world.chance().between(0, TICK / 20), this::tick);
        candidate.tick();
        if (leader != null) {
            leader.tick();
        }
        if (++ticks % TICKS_PER_REPORT == 0) {
            members.tell(new MemberEvent.ProgressSeen(workbench.progress()));
        }
        members.tell(new MemberEvent.Tick());
        workbench.resume();
    }

    /** Begins or ends to lead, as the election says now. */
    void follow(boolean leads) {
        if (leads && leader == null) {
            MemberView view = view();
            if (view.id().isPresent()) {
                leader = new LeaderDriver(world, this, view.id().get(), view.incarnation());
                leader.start();
            }
        } else if (!leads && leader != null) {
            leader.stop();
            leader = null;
        }
    }

    String name() {
        return identity.boot();
    }

    Identity identity() {
        return identity;
    }

    Link broker() {
        return broker;
    }

    Link electionLink() {
        return electionLink;
    }

    Link storeLink() {
        return storeLink;
    }

    MemberDriver members() {
        return members;
    }

    CandidateDriver candidate() {
        return candidate;
    }

    Workbench workbench() {
        return workbench;
    }

    @Nullable
    LeaderDriver leader() {
        return leader;
    }

    /** Whether this process believes that it leads. */
    boolean leads() {
        return alive && leader != null && candidate.leads();
    }

    long born() {
        return born;
    }

    /** Its monotonic clock. */
    long nanos() {
        return origin + (long) ((world.time().now() - born) * rate);
    }

    Now moment() {
        return new Now(nanos(), EPOCH.plusNanos(world.time().now()));
    }

    MemberView view() {
        return core.view(nanos());
    }

    /** Whether it works on the chamber, as far as it knows. */
    boolean serves(ChamberId chamber) {
        return core.serves(chamber, nanos());
    }

    boolean mayStore(ChamberId chamber) {
        return core.mayStore(chamber, nanos());
    }

    boolean isAlive() {
        return alive;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Whether nothing is wrong with it. */
    boolean isHealthy() {
        return alive && !frozen && broker.passes() && broker.isConnected();
    }

    /** Something is to happen here after a time of its own clock. */
    void later(long nanos, Runnable action) {
        world.time().after((long) (nanos / rate), () -> deliver(action));
    }

    /** Something is to happen here as soon as the process runs. */
    void deliver(Runnable action) {
        if (!alive) {
            return;
        }
        if (frozen) {
            inbox.add(action);
        } else if (lag > 0) {
            lastRun = Math.max(lastRun, world.time().now() + world.chance().between(0, lag));
            world.time().at(lastRun, () -> act(action));
        } else {
            action.run();
        }
    }

    private void act(Runnable action) {
        if (frozen && alive) {
            inbox.add(action);
        } else if (alive) {
            action.run();
        }
    }

    void freeze() {
        frozen = true;
    }

    /** Everything that waited happens now, in the order in which it came. */
    void thaw() {
        frozen = false;
        while (alive && !frozen && !inbox.isEmpty()) {
            inbox.remove().run();
        }
    }

    /** Each event waits for up to this time before it is dealt with; 0 for not at all. */
    void slow(long nanos) {
        lag = nanos;
    }

    /** Carries out a step unless a fail point strikes before; false if the process has died of it. */
    <E> boolean step(E effect, Consumer<E> carryOut) {
        if (world.failPoints().meet(this, effect, true) == FailPoints.Fate.DIES) {
            return false;
        }
        if (frozen) {
            inbox.add(() -> carryOut.accept(effect));
        } else {
            carryOut.accept(effect);
        }
        return alive && world.failPoints().meet(this, effect, false) != FailPoints.Fate.DIES;
    }

    /** Killed, or ended by itself: nothing runs here any more, what was sent goes its way. */
    void end(String how) {
        if (!alive) {
            return;
        }
        alive = false;
        world.timeline().note(name(), how, null);
        world.gone(this);
        inbox.clear();
        if (leader != null) {
            leader.stop();
        }
        members.stop();
        world.time().after(world.chance().millis(1, 60), this::disconnect);
        world.checks().ended(this);
        onEnd.run();
    }

    private void disconnect() {
        world.unlisten(this);
        world.stream().drop(this);
    }

    /** SIGTERM. */
    void terminate() {
        world.timeline().note(name(), "is asked to end", null);
        deliver(() -> members.tell(new MemberEvent.ShutdownRequested()));
    }

    /** The connection to the broker breaks, at the server's end too unless it is silent. */
    void cutBroker(boolean silent) {
        broker.cut(silent);
        if (!silent) {
            disconnect();
        }
    }

    /** The broker forgets this process's connection, of which the process hears nothing. */
    void forgetAtBroker() {
        if (broker.isConnected()) {
            broker.forget();
            disconnect();
        }
    }

    private void brokerLost() {
        world.timeline().note(name(), "has lost the broker", null);
        disconnect();
        workbench.disconnected();
        members.tell(new MemberEvent.BrokerReachable(false));
        if (leader != null) {
            leader.reachable(false);
        }
    }

    private void brokerBack() {
        world.timeline().note(name(), "has the broker again", null);
        members.listen();
        members.tell(new MemberEvent.BrokerReachable(true));
        if (leader != null) {
            leader.reachable(true);
        }
        workbench.resume();
    }
}
