package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final ChamberId A = new ChamberId("ETCH000", "A");
    private static final ChamberId B = new ChamberId("ETCH000", "B");
    private static final Instant ZERO = Instant.parse("2026-03-01T00:00:00Z");

    private final Ledger ledger = new Ledger(List.of(A, B));

    @Test
    void pausesReachIntoTheirWindow() {
        executed(A, 0, "p", 0);
        executed(A, 1, "p", 100);
        executed(A, 2, "q", 1_400);
        executed(A, 3, "q", 1_500);
        executed(B, 0, "p", 100);
        executed(B, 1, "p", 200);
        assertEquals(Duration.ofMillis(1_300), ledger.longestPause(A, at(200), at(1_000)));
        assertEquals(Duration.ofMillis(100), ledger.longestPause(A, at(1_450), at(2_000)));
        assertEquals(Duration.ofMillis(1_300), ledger.pauses(at(0), at(2_000)).max());
    }

    @Test
    void recoveryIsTheFirstExecutionByAnother() {
        executed(A, 0, "dead", 0);
        executed(A, 1, "dead", 50);
        executed(A, 1, "alive", 900);
        executed(B, 0, "alive", 300);
        Distribution recovered = ledger.recoveries(Set.of(A, B), at(20), Set.of("dead"));
        assertEquals(List.of(Duration.ofMillis(280), Duration.ofMillis(880)), recovered.sorted());
        assertTrue(ledger.allExecutedAfter(at(250)));
        assertFalse(ledger.allExecutedAfter(at(300)));
    }

    @Test
    void runsOfOthersAreThoseOfSeveralProcessesOrNewerThanTheFault() {
        for (int number = 0; number < 4; number++) {
            ledger.published(A, at(100 * number));
        }
        executed(A, 0, "p", 500);
        executed(A, 1, "p", 510);
        executed(A, 1, "q", 520);
        executed(A, 3, "p", 530);
        executed(B, 0, "q", 540);
        assertEquals(
                2,
                ledger.ofRunsOfOthers(at(250), execution -> execution.process().equals("p")));
        assertEquals(
                1,
                ledger.ofRunsOfOthers(at(350), execution -> execution.process().equals("p")));
    }

    @Test
    void repetitionsAndInversionsAreCounted() {
        executed(A, 0, "p", 0);
        executed(A, 2, "p", 10);
        executed(A, 1, "p", 20);
        executed(A, 2, "q", 30);
        executed(B, 0, "q", 40);
        assertEquals(1, ledger.repeated());
        assertEquals(1, ledger.inversions());
    }

    @Test
    void latencyRunsToTheFirstExecution() {
        ledger.published(A, at(0));
        ledger.published(A, at(100));
        executed(A, 1, "p", 130);
        executed(A, 1, "q", 900);
        executed(A, 0, "p", 50);
        assertEquals(
                List.of(Duration.ofMillis(30), Duration.ofMillis(50)),
                ledger.latencies(at(0), at(1_000)).sorted());
    }

    private void executed(ChamberId chamber, int number, String process, long millis) {
        ledger.executed(ProbeRuns.id(chamber, number), process, at(millis), true);
    }

    private static Instant at(long millis) {
        return ZERO.plusMillis(millis);
    }
}
