package io.tfdc.model;

import java.util.List;

/**
 * What an alarm rests on: one chart's value against the limits valid then.
 *
 * @param indicator the chart
 * @param value the run's value, NaN if undefined
 * @param limits the limits that it was judged by
 * @param limitVersion their version, 0 for limits fixed by the strategy or provisional ones
 * @param rule what was violated, e.g. {@code outside stat}, {@code nelson 2}, {@code ewma}
 * @param points contexts of the runs that make the pattern, oldest first, this run last
 * @param values their values, in the same order
 */
public record Evidence(
        IndicatorKey indicator,
        double value,
        ChartLimits limits,
        int limitVersion,
        String rule,
        List<String> points,
        List<Double> values) {
    public Evidence {
        points = List.copyOf(points);
        values = List.copyOf(values);
        if (points.size() != values.size()) {
            throw new IllegalArgumentException(
                    "evidence of " + indicator + ": " + points.size() + " runs but " + values.size() + " values");
        }
    }
}
