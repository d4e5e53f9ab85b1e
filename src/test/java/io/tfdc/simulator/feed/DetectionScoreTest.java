package io.tfdc.simulator.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.DefenseEvent.Mode;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.simulator.Fault;
import io.tfdc.simulator.FaultKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionScoreTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH-01", "A");

    private final DetectionScore score = new DetectionScore();
    private int runs;

    @Test
    void aFaultIsFoundByAnyRunOfItsEpisode() {
        run(fault("one", FaultKind.DRIFT));
        assertEquals(0, score.total().found());
        run(fault("one", FaultKind.DRIFT), Severity.WARNING);
        run(fault("two", FaultKind.SPIKE));
        assertEquals(2, score.total().injected());
        assertEquals(1, score.total().found());
        assertEquals(1, score.byKind().get(FaultKind.SPIKE).missed());
        assertEquals(1, score.missed().size());
    }

    @Test
    void whatIsOnlyLoggedOrSuppressedFindsNothing() {
        run(fault("one", FaultKind.DRIFT), Severity.LOG);
        RunId run = next();
        score.expect(run, fault("one", FaultKind.DRIFT));
        score.judge(run, List.of(event(run, Severity.CRITICAL, Mode.SUPPRESSED)));
        assertEquals(0, score.total().found());
    }

    @Test
    void alarmsOfGoodRunsAreFalseUnlessAFaultJustEnded() {
        run(List.of(), Severity.ALARM);
        run(List.of(), Severity.WARNING);
        assertEquals(1, score.falseAlarmRuns());
        assertEquals(1, score.falseWarningRuns());
        run(fault("one", FaultKind.DRIFT), Severity.ALARM);
        for (int i = 0; i < DetectionScore.AFTERMATH_RUNS; i++) {
            run(List.of(), Severity.ALARM);
        }
        assertEquals(DetectionScore.AFTERMATH_RUNS, score.aftermathRuns());
        assertEquals(1, score.falseAlarmRuns());
        run(List.of(), Severity.ALARM);
        assertEquals(2, score.falseAlarmRuns());
        assertEquals(3 + DetectionScore.AFTERMATH_RUNS, score.goodRuns());
    }

    @Test
    void aRunDeliveredTwiceCountsOnce() {
        RunId run = next();
        score.expect(run, List.of());
        score.judge(run, List.of());
        score.judge(run, List.of(event(run, Severity.ALARM, Mode.ACTIVE)));
        assertEquals(1, score.goodRuns());
        assertEquals(0, score.falseAlarmRuns());
    }

    private void run(List<Fault> faults, Severity... raised) {
        RunId run = next();
        score.expect(run, faults);
        score.judge(
                run,
                List.of(raised).stream()
                        .map(severity -> event(run, severity, Mode.ACTIVE))
                        .toList());
    }

    private RunId next() {
        return new RunId(CHAMBER, "ctx_" + ++runs);
    }

    private static List<Fault> fault(String episode, FaultKind kind) {
        return List.of(new Fault(episode, kind, "Pressure", 3, 1, 0));
    }

    private static DefenseEvent event(RunId run, Severity severity, Mode mode) {
        return new DefenseEvent(
                DefenseEvent.idOf(run, "s", "r"),
                "key",
                run,
                "group",
                "s",
                1,
                "r",
                severity,
                mode,
                Instant.EPOCH,
                "why",
                List.of(),
                List.of(),
                Map.of());
    }
}
