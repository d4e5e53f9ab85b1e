package io.tfdc.clustersim;

import io.tfdc.coordination.ElectionAction;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.coordination.Leadership;
import io.tfdc.coordination.MemberEvent;

/** Asks the election service what {@link Leadership} wants asked. */
final class CandidateDriver {
    private final World world;
    private final SimulatedProcess process;
    private final Leadership leadership;
    private boolean leads;
    private String leader = "";
    private String name = "";

    CandidateDriver(World world, SimulatedProcess process, long seed) {
        this.world = world;
        this.process = process;
        this.leadership = new Leadership(ElectionTimes.DEFAULT, seed);
    }

    void enter(String candidate) {
        name = candidate;
        leadership.enter(candidate, process.nanos());
        update();
    }

    void leave() {
        name = "";
        leadership.leave(process.nanos());
        update();
    }

    /** Gives up leadership and stands again a little later. */
    void stepDown() {
        String again = name;
        leave();
        process.later(VirtualTime.SECOND, () -> {
            if (name.isEmpty()) {
                enter(again);
            }
        });
    }

    boolean leads() {
        return leadership.leads(process.nanos());
    }

    void tick() {
        leadership.next(process.nanos()).ifPresent(this::carryOut);
        update();
    }

    private void carryOut(ElectionAction action) {
        Link link = process.electionLink();
        SimulatedElection election = world.election();
        if (action instanceof ElectionAction.Campaign campaign) {
            link.<SimulatedElection.Result>request(
                    Link.Channel.CALLS,
                    () -> election.campaign(
                            campaign.candidate(), campaign.term().toNanos()),
                    result -> {
                        leadership.campaigned(campaign, result.won(), result.leader(), result.token(), process.nanos());
                        update();
                    },
                    reason -> failed(action));
        } else if (action instanceof ElectionAction.Extend extend) {
            link.<Boolean>request(
                    Link.Channel.CALLS,
                    () -> election.extend(extend.candidate(), extend.term().toNanos()),
                    extended -> {
                        leadership.extended(extend, extended, process.nanos());
                        update();
                    },
                    reason -> failed(action));
        } else if (action instanceof ElectionAction.Resign resign) {
            link.<Boolean>request(
                    Link.Channel.CALLS,
                    () -> election.resign(resign.candidate()),
                    resigned -> leadership.resigned(resign),
                    reason -> failed(action));
        }
    }

    private void failed(ElectionAction action) {
        leadership.failed(action, process.nanos());
        update();
    }

    private void update() {
        boolean now = leads();
        boolean changed = now != leads || !leader.equals(leadership.leader());
        if (changed) {
            leads = now;
            leader = leadership.leader();
            world.timeline().note(process.name(), now ? "leads" : "follows", leader);
            process.members().tell(new MemberEvent.ElectionSeen(now, leader));
        }
        if (now || world.scenario().sabotage() != Sabotage.NO_EPOCH_CHECK) {
            process.follow(now);
        }
    }
}
