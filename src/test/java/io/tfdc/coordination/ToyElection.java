package io.tfdc.coordination;

import io.tfdc.coordination.ElectionAction.Campaign;
import io.tfdc.coordination.ElectionAction.Extend;
import io.tfdc.coordination.ElectionAction.Resign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Candidates and a service on virtual time: messages are delayed and lost, processes freeze, and every clock runs at a rate of its own. Time
 * is in milliseconds of an ideal clock.
 */
final class ToyElection {
    private static final long NANOS = 1_000_000;

    /** What goes wrong. */
    record Faults(double loss, int delayMillis, double freeze, double restart, double rateSkew) {
        static final Faults NONE = new Faults(0, 5, 0, 0, 0);
    }

    private record Later(long at, long order, Runnable what) {}

    private final ElectionTimes times;
    private final SplittableRandom random;
    private final List<Candidate> candidates = new ArrayList<>();
    private final PriorityQueue<Later> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Later::at).thenComparingLong(Later::order));
    private final double serviceRate;
    private Faults faults;
    private long time;
    private long order;

    private String holder = "";
    private double expiry;
    private long token;

    /** Times at which two led at once. */
    int doubles;
    /** Times at which somebody led. */
    int led;

    ToyElection(ElectionTimes times, int size, Faults faults, long seed) {
        this.times = times;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.serviceRate = rate();
        for (int i = 0; i < size; i++) {
            candidates.add(new Candidate("c" + i));
        }
    }

    /** Runs for some time under the present faults. */
    void run(int millis) {
        for (long end = time + millis; time < end; time++) {
            while (!agenda.isEmpty() && agenda.peek().at() <= time) {
                agenda.remove().what().run();
            }
            candidates.forEach(Candidate::step);
            long leaders = candidates.stream().filter(Candidate::leads).count();
            doubles += leaders > 1 ? 1 : 0;
            led += leaders > 0 ? 1 : 0;
        }
    }

    void heal() {
        faults = new Faults(0, 5, 0, 0, faults.rateSkew());
    }

    boolean hasLeader() {
        return candidates.stream().anyMatch(Candidate::leads);
    }

    /** The candidate that leads leaves. */
    void leaderLeaves() {
        candidates.stream().filter(Candidate::leads).forEach(candidate -> candidate.core.leave(candidate.nanos()));
    }

    private double rate() {
        return 1 + (random.nextDouble() * 2 - 1) * faults.rateSkew();
    }

    private void later(long delay, Runnable what) {
        agenda.add(new Later(time + delay, order++, what));
    }

    private double serviceNow() {
        return time * serviceRate;
    }

    private boolean free() {
        return holder.isEmpty() || serviceNow() >= expiry;
    }

    private boolean grant(String name, Duration term) {
        if (!free() && !holder.equals(name)) {
            return false;
        }
        token += holder.equals(name) ? 0 : 1;
        holder = name;
        expiry = serviceNow() + term.toMillis();
        return true;
    }

    private final class Candidate {
        private final double rate = rate();
        private final long origin = random.nextLong();
        private final String name;
        private final Leadership core;
        private int life;
        private long frozenUntil;

        Candidate(String name) {
            this.name = name;
            this.core = new Leadership(times, random.nextLong());
            core.enter(name + "x0", nanos());
        }

        long nanos() {
            return origin + (long) (time * rate * NANOS);
        }

        boolean leads() {
            return core.leads(nanos());
        }

        void step() {
            if (time < frozenUntil || time % 50 != Math.floorMod(name.hashCode(), 50)) {
                return;
            }
            if (random.nextDouble() < faults.freeze()) {
                frozenUntil = time + random.nextInt(8_000);
            } else if (random.nextDouble() < faults.restart()) {
                core.enter(name + 'x' + ++life, nanos());
            } else if (random.nextDouble() < faults.restart() / 2) {
                core.leave(nanos());
                later(random.nextInt(3_000), () -> core.enter(name + 'x' + life, nanos()));
            }
            core.next(nanos()).ifPresent(this::ask);
        }

        private void ask(ElectionAction action) {
            later(1_000, () -> awake(() -> core.failed(action, nanos())));
            if (random.nextDouble() >= faults.loss()) {
                later(delay(), () -> serve(action));
            }
        }

        private void serve(ElectionAction action) {
            Runnable answer;
            if (action instanceof Campaign campaign) {
                boolean won = grant(campaign.candidate(), campaign.term());
                String now = holder;
                long fence = token;
                answer = () -> core.campaigned(campaign, won, now, fence, nanos());
            } else if (action instanceof Extend extend) {
                boolean extended = grant(extend.candidate(), extend.term());
                answer = () -> core.extended(extend, extended, nanos());
            } else {
                holder = holder.equals(action.candidate()) ? "" : holder;
                answer = () -> core.resigned((Resign) action);
            }
            if (random.nextDouble() >= faults.loss()) {
                later(delay(), () -> awake(answer));
            }
        }

        /** Runs now, or when the process is thawed. */
        private void awake(Runnable what) {
            if (time < frozenUntil) {
                later(frozenUntil - time, () -> awake(what));
            } else {
                what.run();
            }
        }

        private int delay() {
            return 1 + random.nextInt(faults.delayMillis());
        }
    }
}
