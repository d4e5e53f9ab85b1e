package io.tfdc.spc;

/** Times and counts relative to a level. */
final class Thresholds {
    private Thresholds() {}

    /** Seconds on the side of {@code sign} (1 above, -1 below) with straight lines between samples. */
    static double secondsAbove(IndicatorScratch s, double threshold, int sign) {
        double total = 0;
        for (int i = s.from + 1; i < s.to; i++) {
            double a = sign * (s.x[i - 1] - threshold);
            double b = sign * (s.x[i] - threshold);
            double dt = (s.ts[i] - s.ts[i - 1]) * 1e-6;
            if (a > 0 && b > 0) {
                total += dt;
            } else if (a > 0 || b > 0) {
                total += dt * Math.max(a, b) / (Math.abs(a) + Math.abs(b));
            }
        }
        return total;
    }

    static double secondsHeldAbove(IndicatorScratch s, double threshold, int sign) {
        double total = 0;
        for (int i = s.from + 1; i < s.to; i++) {
            if (sign * (s.x[i - 1] - threshold) > 0) {
                total += (s.ts[i] - s.ts[i - 1]) * 1e-6;
            }
        }
        return total;
    }

    static double outside(IndicatorScratch s, double low, double high) {
        int count = 0;
        for (int i = s.from; i < s.to; i++) {
            if (s.x[i] < low || s.x[i] > high) {
                count++;
            }
        }
        return count;
    }

    static double crossings(IndicatorScratch s, double threshold) {
        int count = 0;
        double side = 0;
        for (int i = s.from; i < s.to; i++) {
            double now = Math.signum(s.x[i] - threshold);
            if (now != 0) {
                if (side != 0 && now != side) {
                    count++;
                }
                side = now;
            }
        }
        return count;
    }

    static double spikes(IndicatorScratch s, double height) {
        int count = 0;
        for (int i = s.from + 1; i < s.to - 1; i++) {
            double left = s.x[i] - s.x[i - 1];
            double right = s.x[i] - s.x[i + 1];
            if ((left > height && right > height) || (left < -height && right < -height)) {
                count++;
            }
        }
        return count;
    }

    /** Value held at a time after the first sample; NaN after the last. */
    static double valueAt(IndicatorScratch s, double seconds) {
        double micros = seconds * 1e6;
        if (micros > s.ts[s.to - 1] - s.ts[s.from]) {
            return Double.NaN;
        }
        int i = s.from;
        while (i + 1 < s.to && s.ts[i + 1] - s.ts[s.from] <= micros) {
            i++;
        }
        return s.x[i];
    }
}
