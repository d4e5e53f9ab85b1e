package io.tfdc.messaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many messages may be in flight, delivered and not settled, over all consumers that share the bound. Safe for use from any thread.
 *
 * <p>Every consumer that shares it has a place of its own, which nobody else takes, so none starves while others are busy; the rest goes to
 * whoever needs it, those that hold least first. What a consumer has asked the broker for and not got yet counts as held. So consumers that
 * share ask for {@link #standing()} messages on suspicion and for more only if they know them to be there: an idle consumer's open request
 * takes nothing from a busy one. With more consumers than {@code max} each still has its one place.
 */
public final class InFlightBound {
    /** A shared bound is asked for one in so many places on suspicion. */
    private static final int STANDING_SHARE = 16;

    private final int max;
    private final boolean shared;
    private final List<Share> shares = new ArrayList<>();

    private InFlightBound(int max, boolean shared) {
        if (max < 1) {
            throw new IllegalArgumentException("max in flight: expected at least 1, found " + max);
        }
        this.max = max;
        this.shared = shared;
    }

    /** A bound for one consumer alone. */
    public static InFlightBound of(int max) {
        return new InFlightBound(max, false);
    }

    /** A bound for any number of consumers. */
    public static InFlightBound shared(int max) {
        return new InFlightBound(max, true);
    }

    public int max() {
        return max;
    }

    /** How many messages a consumer asks for although it knows of none. */
    public int standing() {
        return shared ? Math.max(1, max / STANDING_SHARE) : max;
    }

    /** Places that are taken now. */
    public synchronized int held() {
        return shares.stream().mapToInt(share -> share.held).sum();
    }

    /**
     * Takes part, until {@link Share#leave}.
     *
     * @param wake called on any thread, without locks of this class, when places that others gave back can be had
     */
    public synchronized Share join(Runnable wake) {
        Share share = new Share(wake);
        shares.add(share);
        return share;
    }

    /** A consumer's part. */
    public final class Share {
        private final Runnable wake;
        private int held;
        private boolean refused;

        private Share(Runnable wake) {
            this.wake = wake;
        }

        /**
         * Asks for further places while holding some; yields how many it may have, which it then holds. Who asks for none doesn't wait for
         * any more.
         */
        public int take(int holding, int wanted) {
            synchronized (InFlightBound.this) {
                held = holding;
                int others = 0;
                int kept = 0;
                for (Share share : shares) {
                    others += share == this ? 0 : share.held;
                    kept += share != this && share.comesBefore(this) ? 1 : 0;
                }
                int free = max - others - held - kept;
                if (held == 0 && free < 1 && (others < max || shares.size() > max)) {
                    free = 1;
                }
                int granted = Math.max(0, Math.min(wanted, free));
                refused = granted < wanted;
                held += granted;
                return granted;
            }
        }

        /** Whether a place is kept from another: the first of one's own, or one that was refused to somebody who holds less. */
        private boolean comesBefore(Share other) {
            return held == 0 || (refused && held < other.held);
        }

        /** Says how many places are held now, when it is fewer than before. */
        public void hold(int holding) {
            synchronized (InFlightBound.this) {
                held = holding;
            }
        }

        /**
         * Says how many places are held now that some were given back, and wakes this consumer and those that were refused, those that hold
         * least first. To be called without locks that a {@code wake} takes.
         */
        public void release(int holding) {
            List<Share> waiting;
            synchronized (InFlightBound.this) {
                held = holding;
                waiting = waiting();
                waiting.add(this);
            }
            waiting.sort(Comparator.comparingInt(share -> share.held));
            waiting.forEach(share -> share.wake.run());
        }

        /** Gives everything back. */
        public void leave() {
            List<Share> waiting;
            synchronized (InFlightBound.this) {
                shares.remove(this);
                held = 0;
                waiting = waiting();
            }
            waiting.forEach(share -> share.wake.run());
        }

        private List<Share> waiting() {
            List<Share> waiting = new ArrayList<>();
            for (Share share : shares) {
                if (share != this && share.refused) {
                    waiting.add(share);
                }
            }
            return waiting;
        }
    }
}
