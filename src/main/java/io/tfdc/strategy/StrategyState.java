package io.tfdc.strategy;

import io.tfdc.model.IndicatorLayout;
import io.tfdc.spc.CusumState;
import io.tfdc.spc.EwmaState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a strategy remembers after a run. Kept as bytes in the run's U-chart, so that nothing else needs to be stored and a run
 * judged again starts from the same memory.
 *
 * @param epoch number of the epoch, from 0
 * @param epochStart when it began, microseconds, {@link Epochs#NEVER} if no event began it
 * @param limitVersion version of the limits that judged the run, 0 for provisional ones
 * @param windowFrom rules about several runs look at runs that ended after this (microseconds)
 * @param run runs judged so far
 * @param ewma averages by condition and chart; charts are positions in the U-chart's layout
 * @param cusum sums by condition and chart
 * @param rules memory by hash of the rule id
 */
record StrategyState(
        int epoch,
        long epochStart,
        int limitVersion,
        long windowFrom,
        long run,
        Map<Integer, Map<Integer, EwmaState>> ewma,
        Map<Integer, Map<Integer, CusumState>> cusum,
        Map<Integer, RuleMemory> rules) {
    /** Occurrences remembered per rule for escalation. */
    static final int MAX_OCCURRENCES = 32;

    static final StrategyState NONE =
            new StrategyState(0, Epochs.NEVER, 0, Epochs.NEVER, 0, Map.of(), Map.of(), Map.of());

    private static final int FORMAT = 1;

    byte[] toBytes() {
        StateBytes.Writer out = new StateBytes.Writer();
        out.unsigned(FORMAT);
        out.unsigned(epoch);
        out.signed(epochStart);
        out.unsigned(limitVersion);
        out.signed(windowFrom);
        out.unsigned(run);
        out.unsigned(ewma.size());
        new TreeMap<>(ewma).forEach((node, charts) -> {
            out.signed(node);
            out.unsigned(charts.size());
            new TreeMap<>(charts).forEach((chart, state) -> {
                out.unsigned(chart);
                out.number(state.z());
                out.unsigned(state.n());
            });
        });
        out.unsigned(cusum.size());
        new TreeMap<>(cusum).forEach((node, charts) -> {
            out.signed(node);
            out.unsigned(charts.size());
            new TreeMap<>(charts).forEach((chart, state) -> {
                out.unsigned(chart);
                out.number(state.plus());
                out.number(state.minus());
                out.unsigned(state.runPlus());
                out.unsigned(state.runMinus());
                out.unsigned(state.n());
            });
        });
        out.unsigned(rules.size());
        new TreeMap<>(rules).forEach((rule, memory) -> {
            out.signed(rule);
            memory.write(out);
        });
        return out.bytes();
    }

    /** Reads bytes; unreadable ones (another format) are an empty memory. */
    static StrategyState of(byte[] bytes) {
        try {
            return read(new StateBytes.Reader(bytes));
        } catch (RuntimeException unreadable) {
            return NONE;
        }
    }

    private static StrategyState read(StateBytes.Reader in) {
        if (in.unsigned() != FORMAT) {
            return NONE;
        }
        int epoch = (int) in.unsigned();
        long epochStart = in.signed();
        int limitVersion = (int) in.unsigned();
        long windowFrom = in.signed();
        long run = in.unsigned();
        Map<Integer, Map<Integer, EwmaState>> ewma = new LinkedHashMap<>();
        for (int nodes = in.count(2); nodes > 0; nodes--) {
            Map<Integer, EwmaState> charts = new LinkedHashMap<>();
            ewma.put((int) in.signed(), charts);
            for (int count = in.count(10); count > 0; count--) {
                charts.put((int) in.unsigned(), new EwmaState(in.number(), in.unsigned()));
            }
        }
        Map<Integer, Map<Integer, CusumState>> cusum = new LinkedHashMap<>();
        for (int nodes = in.count(2); nodes > 0; nodes--) {
            Map<Integer, CusumState> charts = new LinkedHashMap<>();
            cusum.put((int) in.signed(), charts);
            for (int count = in.count(20); count > 0; count--) {
                charts.put(
                        (int) in.unsigned(),
                        new CusumState(in.number(), in.number(), in.unsigned(), in.unsigned(), in.unsigned()));
            }
        }
        Map<Integer, RuleMemory> rules = new LinkedHashMap<>();
        for (int count = in.count(8); count > 0; count--) {
            rules.put((int) in.signed(), RuleMemory.read(in));
        }
        return new StrategyState(epoch, epochStart, limitVersion, windowFrom, run, ewma, cusum, rules);
    }

    /** The same memory for the charts of another layout; charts that it doesn't have are forgotten. */
    StrategyState in(IndicatorLayout from, IndicatorLayout to) {
        int[] mapping = Rows.mapping(from, to);
        if (mapping.length == 0 || (ewma.isEmpty() && cusum.isEmpty())) {
            return this;
        }
        return new StrategyState(
                epoch, epochStart, limitVersion, windowFrom, run, moved(ewma, mapping), moved(cusum, mapping), rules);
    }

    private static <T> Map<Integer, Map<Integer, T>> moved(Map<Integer, Map<Integer, T>> nodes, int[] mapping) {
        Map<Integer, Map<Integer, T>> moved = new LinkedHashMap<>();
        nodes.forEach((node, charts) -> {
            Map<Integer, T> there = new LinkedHashMap<>();
            for (int i = 0; i < mapping.length; i++) {
                T state = charts.get(mapping[i]);
                if (state != null) {
                    there.put(i, state);
                }
            }
            moved.put(node, there);
        });
        return moved;
    }
}
