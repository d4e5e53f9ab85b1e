package io.tfdc.cluster;

import io.tfdc.coordination.ElectionAction;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.coordination.Leadership;
import io.tfdc.election.ElectionService;
import io.vertx.core.Future;

/**
 * Carries out what the candidate's side of the election asks for. {@link #leads} may be asked on any thread, right before a write: hence the
 * lock.
 */
final class ElectionDriver {
    private final Leadership leadership;
    private final ElectionService service;
    private final Moments moments;
    private final Runnable settled;
    private String entered = "";

    /** @param settled told after each answer of the service, on the context that asked: who leads may have changed */
    ElectionDriver(ElectionTimes times, long seed, ElectionService service, Moments moments, Runnable settled) {
        this.leadership = new Leadership(times, seed);
        this.service = service;
        this.moments = moments;
        this.settled = settled;
    }

    synchronized void enter(String candidate) {
        entered = candidate;
        leadership.enter(candidate, moments.nanos());
    }

    synchronized void leave() {
        entered = "";
        leadership.leave(moments.nanos());
    }

    /** Leads no longer, whatever its term, and stands again. */
    synchronized void giveUp() {
        String name = entered;
        leave();
        if (!name.isEmpty()) {
            enter(name);
        }
    }

    /** Whether this process leads at this moment. */
    synchronized boolean leads() {
        return leadership.leads(moments.nanos());
    }

    /** Who leads as far as is known, empty if nobody. */
    synchronized String leader() {
        return leadership.leader();
    }

    synchronized boolean hasLeft() {
        return leadership.hasLeft();
    }

    /** Asks the service what is due. */
    void tick() {
        ElectionAction action;
        synchronized (this) {
            action = leadership.next(moments.nanos()).orElse(null);
        }
        if (action instanceof ElectionAction.Campaign campaign) {
            settle(
                    action,
                    service.campaign(campaign.candidate(), campaign.term()),
                    result -> leadership.campaigned(
                            campaign, result.elected(), result.leader(), result.token(), moments.nanos()));
        } else if (action instanceof ElectionAction.Extend extend) {
            settle(
                    action,
                    service.extend(extend.candidate(), extend.term()),
                    extended -> leadership.extended(extend, extended, moments.nanos()));
        } else if (action instanceof ElectionAction.Resign resign) {
            settle(action, service.resign(resign.candidate()), done -> leadership.resigned(resign));
        }
    }

    private <T> void settle(ElectionAction action, Future<T> answer, java.util.function.Consumer<T> take) {
        answer.onComplete(done -> {
            synchronized (this) {
                if (done.succeeded()) {
                    take.accept(done.result());
                } else {
                    leadership.failed(action, moments.nanos());
                }
            }
            settled.run();
        });
    }
}
