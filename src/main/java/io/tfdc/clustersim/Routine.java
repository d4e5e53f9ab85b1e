package io.tfdc.clustersim;

import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;

/** What goes on all the time and would hide in a timeline what matters. */
final class Routine {
    private Routine() {}

    static boolean is(Object thing) {
        return thing instanceof MemberEffect.PutHeartbeat
                || thing instanceof MemberEffect.UpdateClaim
                || thing instanceof MemberEvent.Tick
                || thing instanceof MemberEvent.ProgressSeen
                || thing instanceof MemberEvent.CertaintyWanted
                || thing instanceof MemberEvent.RunStarted
                || thing instanceof MemberEvent.RunFinished
                || thing instanceof MemberEvent.MapSeen
                || thing instanceof MemberEvent.LeaderSeen
                || thing instanceof MemberEvent.ClaimWritten
                || thing instanceof MemberEvent.HeartbeatWritten
                || isOfLeader(thing);
    }

    private static boolean isOfLeader(Object thing) {
        return thing instanceof LeaderEffect.Probe
                || thing instanceof LeaderEffect.ListConsumers
                || thing instanceof LeaderEffect.LoadChambers
                || thing instanceof LeaderEvent.Tick
                || thing instanceof LeaderEvent.HeartbeatSeen
                || thing instanceof LeaderEvent.SizeSeen
                || thing instanceof LeaderEvent.ChambersLoaded
                || thing instanceof LeaderEvent.ConsumersSeen
                || thing instanceof LeaderEvent.Probed probed && probed.result() == LeaderEvent.ProbeResult.ANSWERED;
    }
}
