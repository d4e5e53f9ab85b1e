package io.tfdc.strategy;

import java.util.List;

/**
 * What a rule remembers. Times are microseconds; {@link Epochs#NEVER} for never.
 *
 * @param latched whether it is silent until cleared
 * @param latchedAt end of the run that latched it
 * @param normalRuns runs in a row without the condition since then
 * @param wasTrue whether it has spoken about a condition that holds since
 * @param wasUnknown whether it couldn't be decided in the run before
 * @param escalated whether it has spoken with the higher severity
 * @param eventRun number of the run of the last event, -1 for none
 * @param eventAt end of that run
 * @param ackSeen the newest acknowledgement taken into account
 * @param occurrences runs in which the condition held, oldest first
 * @param charts hashes of the charts that it has spoken about and that still are in violation, ascending
 */
record RuleMemory(
        boolean latched,
        long latchedAt,
        int normalRuns,
        boolean wasTrue,
        boolean wasUnknown,
        boolean escalated,
        long eventRun,
        long eventAt,
        long ackSeen,
        List<Occurrence> occurrences,
        List<Integer> charts) {
    static final RuleMemory NONE = new RuleMemory(
            false, Epochs.NEVER, 0, false, false, false, -1, Epochs.NEVER, Epochs.NEVER, List.of(), List.of());

    private static final int MAX_CHARTS = 4096;

    /** A run in which the condition held: its number and its end. */
    record Occurrence(long run, long at) {}

    RuleMemory {
        occurrences = List.copyOf(occurrences);
        charts = List.copyOf(charts);
    }

    RuleMemory acknowledged(long at) {
        return new RuleMemory(
                false,
                Epochs.NEVER,
                0,
                latched ? false : wasTrue,
                wasUnknown,
                false,
                eventRun,
                eventAt,
                at,
                occurrences,
                latched ? List.of() : charts);
    }

    void write(StateBytes.Writer out) {
        out.unsigned((latched ? 1 : 0) | (wasTrue ? 2 : 0) | (wasUnknown ? 4 : 0) | (escalated ? 8 : 0));
        out.signed(latchedAt);
        out.unsigned(normalRuns);
        out.signed(eventRun);
        out.signed(eventAt);
        out.signed(ackSeen);
        out.unsigned(occurrences.size());
        for (Occurrence occurrence : occurrences) {
            out.unsigned(occurrence.run());
            out.signed(occurrence.at());
        }
        int kept = Math.min(charts.size(), MAX_CHARTS);
        out.unsigned(kept);
        for (int i = 0; i < kept; i++) {
            out.signed(charts.get(i));
        }
    }

    static RuleMemory read(StateBytes.Reader in) {
        long flags = in.unsigned();
        long latchedAt = in.signed();
        int normalRuns = (int) in.unsigned();
        long eventRun = in.signed();
        long eventAt = in.signed();
        long ackSeen = in.signed();
        Occurrence[] occurrences = new Occurrence[in.count(2)];
        for (int i = 0; i < occurrences.length; i++) {
            occurrences[i] = new Occurrence(in.unsigned(), in.signed());
        }
        Integer[] charts = new Integer[in.count(1)];
        for (int i = 0; i < charts.length; i++) {
            charts[i] = (int) in.signed();
        }
        return new RuleMemory(
                (flags & 1) != 0,
                latchedAt,
                normalRuns,
                (flags & 2) != 0,
                (flags & 4) != 0,
                (flags & 8) != 0,
                eventRun,
                eventAt,
                ackSeen,
                List.of(occurrences),
                List.of(charts));
    }
}
