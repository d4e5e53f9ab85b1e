package io.tfdc.spc;

import io.tfdc.spc.DataFinding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recipe steps of one run, found in its step-number signal, and the windows cut from them.
 *
 * <p>A sample belongs to the step in force at its time: the step signal holds its value until its next sample. Signals on the step
 * signal's own axis take the positions directly; others are looked up by time.
 */
public final class StepWindows {
    private final TimeAxis axis;
    private final List<StepVisit> visits;
    private final List<DataFinding> findings;

    private StepWindows(TimeAxis axis, List<StepVisit> visits, List<DataFinding> findings) {
        this.axis = axis;
        this.visits = List.copyOf(visits);
        this.findings = List.copyOf(findings);
    }

    /** A run without step signal: only {@code run} windows are present. */
    public static StepWindows withoutSteps(TimeAxis axis) {
        return new StepWindows(axis, List.of(), axis.findings());
    }

    /** Cleans the time stamps and finds the steps; the usual entry. */
    public static StepWindows of(long[] micros, double[] step, int n) {
        TimeAxis axis = TimeAxis.of(micros, n, step);
        return of(axis, axis.align(step));
    }

    /**
     * Finds the steps on a cleaned axis.
     *
     * @param step step number per position of the axis ({@link TimeAxis#align}); where it is NaN, infinite, fractional or out of
     *     range the last known step goes on
     */
    public static StepWindows of(TimeAxis axis, double[] step) {
        if (step.length < axis.size()) {
            throw new IllegalArgumentException(step.length + " steps for " + axis.size() + " time stamps");
        }
        List<StepVisit> visits = new ArrayList<>();
        List<DataFinding> findings = new ArrayList<>(axis.findings());
        Map<Integer, Integer> seen = new HashMap<>();
        int current = WindowSpec.WHOLE_RUN;
        int start = 0;
        int unknown = 0;
        int firstUnknown = 0;
        for (int i = 0; i < axis.size(); i++) {
            int number = stepNumber(step[i]);
            if (number < 0) {
                if (unknown++ == 0) {
                    firstUnknown = i;
                }
            } else if (number != current) {
                addVisit(visits, seen, axis, current, start, i);
                current = number;
                start = i;
            }
        }
        addVisit(visits, seen, axis, current, start, axis.size());
        if (unknown > 0) {
            findings.add(new DataFinding(Kind.STEP_UNKNOWN, axis.originalIndex(firstUnknown), unknown));
        }
        return new StepWindows(axis, visits, findings);
    }

    /** The step signal's axis. */
    public TimeAxis axis() {
        return axis;
    }

    /** All visits in order of time. */
    public List<StepVisit> visits() {
        return visits;
    }

    public List<DataFinding> findings() {
        return findings;
    }

    /** The window for signals on the step signal's own axis. */
    public SampleRange resolve(WindowSpec window) {
        return resolve(window, axis);
    }

    /**
     * The window for a signal on another axis.
     *
     * <p>A step starts at its first step sample and ends with the last sample of either signal seen in it; trims count from there
     * and keep what lies exactly on the edge.
     */
    public SampleRange resolve(WindowSpec window, TimeAxis signal) {
        int from = 0;
        int to = signal.size();
        long start = earliest(signal);
        long end = latest(signal);
        if (!window.isWholeRun()) {
            int index = indexOf(window.step(), window.occurrence());
            if (index < 0) {
                return SampleRange.ABSENT;
            }
            StepVisit visit = visits.get(index);
            from = signal == axis ? visit.from() : signal.firstAtOrAfter(visit.startMicros());
            to = signal == axis ? visit.to() : endOnOtherAxis(index, signal);
            start = visit.startMicros();
            end = to > from ? Math.max(visit.lastMicros(), signal.time(to - 1)) : visit.lastMicros();
        }
        return trim(window, signal, from, to, start, end);
    }

    /** The visit a window names, or null when the run has none. */
    public @Nullable StepVisit visit(int step, int occurrence) {
        int index = indexOf(step, occurrence);
        return index < 0 ? null : visits.get(index);
    }

    private static SampleRange trim(WindowSpec window, TimeAxis signal, int from, int to, long start, long end) {
        Trim head = window.head();
        Trim tail = window.tail();
        int first = from;
        int last = to;
        if (!head.isNone()) {
            first = head.unit() == Trim.Unit.SAMPLES
                    ? (int) Math.min(to, from + head.amount())
                    : Math.max(from, signal.firstAtOrAfter(start + head.amount()));
        }
        if (!tail.isNone()) {
            last = tail.unit() == Trim.Unit.SAMPLES
                    ? (int) Math.max(from, to - tail.amount())
                    : Math.min(to, signal.firstAtOrAfter(end - tail.amount() + 1));
        }
        return SampleRange.of(Math.min(first, to), Math.max(Math.min(first, to), last));
    }

    private int endOnOtherAxis(int visitIndex, TimeAxis signal) {
        return visitIndex + 1 < visits.size()
                ? signal.firstAtOrAfter(visits.get(visitIndex + 1).startMicros())
                : signal.size();
    }

    private int indexOf(int step, int occurrence) {
        for (int i = 0; i < visits.size(); i++) {
            if (visits.get(i).step() == step && visits.get(i).occurrence() == occurrence) {
                return i;
            }
        }
        return -1;
    }

    private long earliest(TimeAxis signal) {
        long own = signal.size() == 0 ? Long.MAX_VALUE : signal.time(0);
        return axis.size() == 0 ? own : Math.min(own, axis.time(0));
    }

    private long latest(TimeAxis signal) {
        long own = signal.size() == 0 ? Long.MIN_VALUE : signal.time(signal.size() - 1);
        return axis.size() == 0 ? own : Math.max(own, axis.time(axis.size() - 1));
    }

    private static void addVisit(
            List<StepVisit> visits, Map<Integer, Integer> seen, TimeAxis axis, int step, int from, int to) {
        if (step >= 0) {
            int occurrence = seen.merge(step, 1, Integer::sum);
            visits.add(new StepVisit(step, occurrence, from, to, axis.time(from), axis.time(to - 1)));
        }
    }

    private static int stepNumber(double value) {
        return value >= 0 && value <= WindowSpec.MAX_STEP && value == Math.rint(value) ? (int) value : -1;
    }
}
