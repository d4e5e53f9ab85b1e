package io.tfdc.cli.demo;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.Severity;

/**
 * The last points of a U-chart whose newest point raised an event.
 *
 * @param chamber the chamber
 * @param indicator the chart
 * @param unit unit of the SVID, empty if unknown
 * @param limits limits that the newest point was judged by
 * @param values oldest first, the alarmed point last; NaN where undefined
 * @param severity how bad
 */
@SuppressWarnings("ArrayRecordComponent")
record AlarmedChart(
        ChamberId chamber,
        IndicatorKey indicator,
        String unit,
        ChartLimits limits,
        double[] values,
        Severity severity) {}
