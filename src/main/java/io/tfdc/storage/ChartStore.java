package io.tfdc.storage;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AuditEntry;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunId;
import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where charts are kept. Every write is an upsert under a key that follows from the run, stamped with the run's end, so that
 * repeating it changes nothing. No call blocks; futures complete on the caller's context and fail with
 * {@link StoreException}.
 *
 * <p>Times are keys to the millisecond, rounded down; runs that end in the same millisecond are ordered by context. Ranges
 * include their start and exclude their end. Limits on rows ({@code max}) are 1 to 1,000.
 */
public interface ChartStore {
    /** Stores a T-chart, one row per blob. */
    Future<Void> putTChart(TChart chart);

    /** The T-chart, empty if it isn't stored (any more) or some of its chunks are missing still. */
    Future<Optional<TChart>> getTChart(RunId run);

    /** Stores a U-chart. */
    Future<Void> putUChart(UChart chart);

    /** The U-chart of a run; {@code end} is the end of its context. */
    Future<Optional<UChart>> getUChart(RunId run, Instant end);

    /** U-charts of a chart group that ended before the given time, newest first. */
    Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max);

    /** U-charts of a chamber in a time range, whatever their group, newest first. */
    Future<List<UChart>> uCharts(ChamberId chamber, Instant from, Instant to, int max);

    /** Stores defense events. */
    Future<Void> putDefenseEvents(List<DefenseEvent> events);

    /** Defense events of a chamber in a time range, newest first. */
    Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max);

    /**
     * Defense events of all chambers in a time range of at most {@link StoreKeys#MAX_SPAN}, newest first and by falling id among
     * those of one millisecond.
     */
    Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max);

    /** Adds what a person did about an alarm. */
    Future<Void> putAlarmNote(AlarmNote note);

    /** Notes on all alarms raised in a time range of at most {@link StoreKeys#MAX_SPAN}, in any order. */
    Future<List<AlarmNote>> alarmNotes(Instant from, Instant to);

    /** Stores a limit set version. */
    Future<Void> putLimits(LimitSet limits);

    /** All limit set versions of a chart group and strategy, newest first. */
    Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max);

    /** Records something that happened to a chamber. */
    Future<Void> putChamberEvent(ChamberEvent event);

    /** What happened to a chamber in a time range, oldest first. */
    Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to);

    Future<Void> putChamberMetadata(ChamberMetadata metadata);

    /** Metadata of all chambers known. */
    Future<List<ChamberMetadata>> chamberMetadata();

    /** Stores an immutable strategy version; fails if it exists with another text. */
    Future<Void> putStrategy(StrategyVersion strategy);

    /** Stored strategy versions, by id and then newest first. */
    Future<List<StrategyVersion>> strategies();

    /** Adds the decision that a version is in force. */
    Future<Void> putActivation(StrategyActivation activation);

    /** All such decisions, by strategy id and then latest first. */
    Future<List<StrategyActivation>> activations();

    /** Adds a change that somebody asked for. */
    Future<Void> putAudit(AuditEntry entry);

    /**
     * Changes that people asked for in a time range of at most {@link StoreKeys#MAX_SPAN}, newest first and by falling id among those of
     * one millisecond. Pages go on with time and id of the last one seen.
     *
     * @param beforeId at the end of the range itself: those with a lower id, none if it is empty
     */
    Future<List<AuditEntry>> audit(Instant from, Instant to, String beforeId, int max);

    /** Whether the store answers. */
    Future<Void> ping();

    Future<Void> close();
}
