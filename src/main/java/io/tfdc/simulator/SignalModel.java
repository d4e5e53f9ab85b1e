package io.tfdc.simulator;

import java.util.List;

/**
 * How one status variable behaves.
 *
 * @param svid name
 * @param unit engineering unit
 * @param role what it measures
 * @param setPoints nominal value per recipe step
 * @param lagSeconds time constant with which it follows, 0 for at once
 * @param noise standard deviation of a sample around the true value
 * @param memory autocorrelation of that noise from sample to sample, 0 to below 1
 * @param runSigma standard deviation of the true value from run to run
 * @param stepsPerUnit resolution of the reading: readings are whole multiples of 1 / stepsPerUnit
 * @param couplings what else moves it
 */
record SignalModel(
        String svid,
        String unit,
        SignalRole role,
        List<Double> setPoints,
        double lagSeconds,
        double noise,
        double memory,
        double runSigma,
        double stepsPerUnit,
        List<Coupling> couplings) {

    /**
     * @param source position of the signal that drives this one
     * @param gain share of this signal's full scale per full-scale deviation of the source from its set-point
     */
    record Coupling(int source, double gain) {}

    SignalModel {
        setPoints = List.copyOf(setPoints);
        couplings = List.copyOf(couplings);
        if (!(lagSeconds >= 0)
                || !(noise > 0)
                || !(memory >= 0 && memory < 1)
                || !(runSigma > 0)
                || !(stepsPerUnit > 0)) {
            throw new IllegalArgumentException("signal " + svid + ": lag " + lagSeconds + ", noise " + noise
                    + ", memory " + memory + ", run " + runSigma + ", steps per unit " + stepsPerUnit);
        }
    }

    /** The greatest set-point, 1 for a signal that is always off. */
    double fullScale() {
        double scale = setPoints.stream().mapToDouble(Math::abs).max().orElse(0);
        return scale == 0 ? 1 : scale;
    }

    /** The yardstick of fault magnitudes: what cannot be told from ordinary variation. */
    double yardstick() {
        return Math.max(runSigma, noise * 0.6);
    }

    double quantised(double value) {
        return Math.rint(value * stepsPerUnit) / stepsPerUnit;
    }
}
