package io.tfdc.election;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * The port to whoever decides elections. A candidate is a name unique per incarnation; the first to campaign leads until its term ends
 * without an extension. Every future completes on the caller's context within a deadline of the adapter's and fails with
 * {@link ElectionException} when the service can't be asked.
 */
public interface ElectionService {
    /** Stands for election, or finds out who leads. Winning again while leading renews the term. */
    Future<CampaignResult> campaign(String candidate, Duration term);

    /** Extends the candidate's term; false if it does not lead (any more). */
    Future<Boolean> extend(String candidate, Duration term);

    /** Gives up leadership; without effect if the candidate does not lead. */
    Future<Void> resign(String candidate);

    Future<Void> close();

    /**
     * The outcome of a campaign.
     *
     * @param elected whether the candidate leads
     * @param leader who leads
     * @param token grows with every change of leader; 0 if the service gives none
     */
    record CampaignResult(boolean elected, String leader, long token) {}
}
