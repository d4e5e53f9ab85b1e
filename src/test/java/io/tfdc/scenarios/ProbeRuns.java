package io.tfdc.scenarios;

import io.tfdc.mebo.NumericOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.testing.SampleRuns;
import java.time.Instant;

/** The lightest runs there are, and the strategy for them: every fifth run of a chamber is to raise one alarm. */
final class ProbeRuns {
    static final String STRATEGY = """
            apiVersion: fdc/v1
            strategy: probe
            version: 1
            mode: active
            match: { toolType: TEST }
            chart:
              history: 20
            indicators:
              - { id: level, svid: Svid000, stat: mean }
            rules:
              - id: high
                when: { outside: { fixed: { usl: 110 } }, of: level }
                severity: alarm
            """;

    private static final int ALARMED = 5;
    private static final double SHIFT = 100;
    private static final SampleRuns RUNS = new SampleRuns(1, 10, 1, NumericOptions.DEFAULT);

    private ProbeRuns() {}

    static boolean raisesAlarm(int number) {
        return number % ALARMED == 0;
    }

    static RunId id(ChamberId chamber, int number) {
        return RUNS.id(chamber, number);
    }

    /** When the run ended, as its chart says. */
    static Instant end(ChamberId chamber, int number) {
        return RUNS.context(chamber, number).end();
    }

    static CompletionNotification notification(ChamberId chamber, int number) {
        return RUNS.notification(chamber, number);
    }

    static TChart chart(ChamberId chamber, int number) {
        return RUNS.run(chamber, number, raisesAlarm(number) ? SHIFT : 0);
    }
}
