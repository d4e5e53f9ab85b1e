package io.tfdc.simulator;

/**
 * What a fault does to the signal it sits in.
 *
 * @param fault the fault
 * @param signal position of the signal
 * @param from first sample of the time during which it acts
 * @param to end of that time, exclusive
 */
record FaultEffect(Fault fault, int signal, int from, int to) {

    static FaultEffect of(Fault fault, ToolModel model, Timeline timeline, Dice dice) {
        int step = fault.step() - 1;
        int end = timeline.sampleAt(timeline.stepStart()[step + 1]);
        int begin = timeline.sampleAt(timeline.stepStart()[step]);
        int signal = model.indexOf(fault.svid());
        return switch (fault.kind()) {
            case STEP_SHIFT ->
                new FaultEffect(fault, signal, timeline.sampleAt(timeline.within(step, dice.between(0.1, 0.45))), end);
            case SPIKE -> {
                int at = timeline.sampleAt(timeline.within(step, dice.between(0.35, 0.9)));
                yield new FaultEffect(fault, signal, at, at + 1 + dice.below(2));
            }
            case REFLECTED_BURST -> {
                double start = timeline.within(step, dice.between(0.2, 0.8));
                int first = timeline.sampleAt(start);
                yield new FaultEffect(
                        fault, signal, first, Math.max(first + 2, timeline.sampleAt(start + dice.between(2, 5))));
            }
            case STUCK ->
                new FaultEffect(
                        fault,
                        signal,
                        timeline.sampleAt(timeline.within(step - 1, dice.between(0.3, 0.8))),
                        timeline.seconds().length);
            case DRIFT -> new FaultEffect(fault, signal, 0, timeline.seconds().length);
            case NOISE, WRONG_SETPOINT, SLOW_SETTLING, MISSING_SVID, EARLY_END, LABELLED ->
                new FaultEffect(fault, signal, begin, end);
        };
    }

    /** The true value after a sampling interval, given the one before and what it would head for without the fault. */
    double follow(double truth, double healthy, double lagSeconds, double interval, int sample, int step) {
        double lag =
                fault.kind() == FaultKind.SLOW_SETTLING && isStep(step) ? lagSeconds * fault.magnitude() : lagSeconds;
        return truth + (target(healthy, sample, step) - truth) * interval / (lag + interval);
    }

    private double target(double healthy, int sample, int step) {
        return switch (fault.kind()) {
            case STEP_SHIFT -> acts(sample) ? healthy + fault.magnitude() : healthy;
            case WRONG_SETPOINT -> isStep(step) ? healthy + fault.magnitude() : healthy;
            case DRIFT -> healthy + fault.magnitude() * (fault.age() + 1);
            default -> healthy;
        };
    }

    /** What the sensor makes of the true value. */
    double reading(double truth, double noise, int sample) {
        if (!acts(sample)) {
            return truth + noise;
        }
        return switch (fault.kind()) {
            case SPIKE, REFLECTED_BURST -> truth + noise + fault.magnitude();
            case NOISE -> truth + noise * fault.magnitude();
            default -> truth + noise;
        };
    }

    private boolean isStep(int position) {
        return position == fault.step() - 1;
    }

    boolean isFrozen(int sample) {
        return fault.kind() == FaultKind.STUCK && acts(sample);
    }

    private boolean acts(int sample) {
        return sample >= from && sample < to;
    }
}
