package io.tfdc.strategy;

import io.tfdc.model.ChartLimits;
import io.tfdc.model.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What made a rule's condition hold: charts with their values and limits, and other circumstances in words. */
final class Violations {
    static final int MAX_EVIDENCE = 64;
    private static final int MAX_POINTS = 15;

    /**
     * One chart in violation.
     *
     * @param chart layout position
     * @param weight how bad, in units of the distance from centre to limit or so; orders evidence
     * @param rule what was violated, for machines
     * @param words the sentence
     * @param limits judged by
     * @param version their version
     * @param rows the runs that make the pattern, ascending
     */
    record Violation(
            int chart, double weight, String rule, String words, ChartLimits limits, int version, int[] rows) {}

    private final RunView run;
    private final List<Violation> charts = new ArrayList<>();
    private final List<String> circumstances = new ArrayList<>();
    private boolean provisional;

    Violations(RunView run) {
        this.run = run;
    }

    void add(int chart, double weight, String rule, String words, int... rows) {
        add(chart, weight, rule, words, run.limits.evidence(chart), run.limits.version[chart], rows);
        provisional |= run.limits.isProvisional(chart);
    }

    void add(int chart, double weight, String rule, String words, ChartLimits limits, int version, int... rows) {
        charts.add(new Violation(chart, weight, rule, words, limits, version, rows));
    }

    /** A fact that isn't about a chart. */
    void circumstance(String words) {
        circumstances.add(words);
    }

    /** Whether some of it rests on provisional limits. */
    boolean isProvisional() {
        return provisional;
    }

    boolean isEmpty() {
        return charts.isEmpty();
    }

    /** Hashes of the charts in violation, ascending. */
    List<Integer> chartHashes() {
        return charts.stream()
                .map(v -> run.charts.layout().keys().get(v.chart()).hashCode())
                .sorted()
                .distinct()
                .toList();
    }

    /** The sentences, the worst chart first; not more than three charts. */
    String words() {
        List<Violation> worstFirst = worstFirst();
        List<String> sentences = new ArrayList<>();
        worstFirst.stream().limit(3).map(Violation::words).distinct().forEach(sentences::add);
        long more = worstFirst.stream().skip(3).map(Violation::chart).distinct().count();
        if (more > 0) {
            sentences.add(more == 1 ? "and 1 more chart" : "and " + more + " more charts");
        }
        circumstances.stream().distinct().limit(5).forEach(sentences::add);
        return String.join("; ", sentences);
    }

    List<Evidence> evidence() {
        return worstFirst().stream()
                .limit(MAX_EVIDENCE)
                .map(v -> {
                    int[] rows = v.rows().length > MAX_POINTS
                            ? IntStream.of(v.rows())
                                    .skip(v.rows().length - MAX_POINTS)
                                    .toArray()
                            : v.rows();
                    return new Evidence(
                            run.charts.layout().keys().get(v.chart()),
                            run.value(v.chart(), run.last()),
                            v.limits(),
                            v.version(),
                            v.rule(),
                            IntStream.of(rows)
                                    .mapToObj(row -> run.runs[row].id().context())
                                    .toList(),
                            IntStream.of(rows)
                                    .mapToObj(row -> run.value(v.chart(), row))
                                    .toList());
                })
                .toList();
    }

    private List<Violation> worstFirst() {
        List<Violation> sorted = new ArrayList<>(charts);
        sorted.sort(Comparator.comparingDouble((Violation v) -> Double.isNaN(v.weight()) ? 0 : -v.weight())
                .thenComparingInt(Violation::chart));
        return sorted;
    }
}
