package io.tfdc.spc;

/**
 * Shape of a step response. The initial level is the first sample, the final level the mean of the last k samples (all, if there are
 * fewer); no standard prescribes this, so it is part of the indicator's definition here.
 */
final class Transients {
    private Transients() {}

    /** How far the signal goes beyond the final level in the direction of the step, 0 if it does not; NaN without a step. */
    static double overshoot(IndicatorScratch s, double k) {
        double end = finalLevel(s, k);
        double step = end - s.x[s.from];
        if (step == 0) {
            return Double.NaN;
        }
        return step > 0 ? s.max - end : end - s.min;
    }

    static double riseTime(IndicatorScratch s, double k) {
        return transition(s, k, 1);
    }

    static double fallTime(IndicatorScratch s, double k) {
        return transition(s, k, -1);
    }

    /** Seconds from the first sample to the last one outside the band; 0 when none is, NaN without a step. */
    static double settlingTime(IndicatorScratch s, double band, double k) {
        double end = finalLevel(s, k);
        double width = band * Math.abs(end - s.x[s.from]);
        if (width == 0) {
            return Double.NaN;
        }
        for (int i = s.to - 1; i >= s.from; i--) {
            if (Math.abs(s.x[i] - end) > width) {
                return s.seconds(i);
            }
        }
        return 0;
    }

    private static double transition(IndicatorScratch s, double k, int sign) {
        double start = s.x[s.from];
        double step = sign * (finalLevel(s, k) - start);
        if (!(step > 0)) {
            return Double.NaN;
        }
        return reached(s, start, sign, 0.9 * step) - reached(s, start, sign, 0.1 * step);
    }

    /** Time at which the signal first is {@code distance} away from its start, straight lines between samples. */
    private static double reached(IndicatorScratch s, double start, int sign, double distance) {
        double before = 0;
        for (int i = s.from + 1; i < s.to; i++) {
            double here = sign * (s.x[i] - start);
            if (here >= distance) {
                double part = (distance - before) / (here - before);
                return s.seconds(i - 1) + part * (s.seconds(i) - s.seconds(i - 1));
            }
            before = here;
        }
        return Double.NaN;
    }

    private static double finalLevel(IndicatorScratch s, double k) {
        int n = (int) Math.min(k, s.count());
        double first = s.x[s.to - n];
        double rest = 0;
        for (int i = s.to - n; i < s.to; i++) {
            rest += s.x[i] - first;
        }
        return first + rest / n;
    }
}
