package io.tfdc.simulator;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides run by run which fault a chamber has: at most one episode at a time. */
final class FaultPlan {
    /** Kinds that stand out from the first run on, without learned limits. */
    private static final List<FaultKind> PLAIN =
            List.of(FaultKind.REFLECTED_BURST, FaultKind.MISSING_SVID, FaultKind.EARLY_END);

    private final String chamber;
    private final ToolModel model;
    private final double rate;
    private int episodes;
    private int runsLeft;
    private @Nullable Fault current;

    FaultPlan(String chamber, ToolModel model, double rate) {
        this.chamber = chamber;
        this.model = model;
        this.rate = rate;
    }

    /** Ends what goes on: maintenance repairs. */
    void repair() {
        runsLeft = 0;
    }

    /**
     * The fault of the next run, or null.
     *
     * @param dice random numbers of that run, for this purpose alone
     * @param learning whether the chamber's limits are still being learned
     */
    @Nullable
    Fault next(Dice dice, boolean learning) {
        Fault last = current;
        if (runsLeft > 0 && last != null) {
            runsLeft--;
            current =
                    new Fault(last.episode(), last.kind(), last.svid(), last.step(), last.magnitude(), last.age() + 1);
            return current;
        }
        if (!dice.chance(learning ? rate / 2 : rate)) {
            return null;
        }
        List<FaultKind> kinds = learning ? PLAIN : FaultKind.simulated();
        FaultKind kind = kinds.get(dice.below(kinds.size()));
        current = begin(kind, dice, chamber + '#' + ++episodes);
        return current;
    }

    private Fault begin(FaultKind kind, Dice dice, String episode) {
        int main = model.mainStep() + 1;
        runsLeft = switch (kind) {
            case DRIFT -> 13 + dice.below(6);
            case WRONG_SETPOINT -> dice.below(4);
            case SLOW_SETTLING -> dice.below(3);
            case NOISE, MISSING_SVID, STUCK, STEP_SHIFT -> dice.below(2);
            case SPIKE, REFLECTED_BURST, EARLY_END, LABELLED -> 0;
        };
        SignalModel signal = pick(dice, suits(kind));
        String svid = kind == FaultKind.EARLY_END ? "" : signal.svid();
        int step = kind == FaultKind.SLOW_SETTLING ? jumpStep(signal) + 1 : main;
        return new Fault(episode, kind, svid, step, magnitude(kind, signal, dice), 0);
    }

    private double magnitude(FaultKind kind, SignalModel signal, Dice dice) {
        double nominal = Math.abs(signal.setPoints().get(model.mainStep()));
        return switch (kind) {
            case STEP_SHIFT -> dice.sign() * dice.between(14, 24) * signal.yardstick();
            case SPIKE -> dice.sign() * dice.between(25, 50) * signal.noise();
            case DRIFT -> dice.sign() * dice.between(0.9, 1.3) * signal.yardstick();
            case NOISE -> dice.between(5, 8);
            case WRONG_SETPOINT -> dice.sign() * Math.max(dice.between(0.04, 0.10) * nominal, 12 * signal.yardstick());
            case SLOW_SETTLING -> dice.between(5, 9);
            case REFLECTED_BURST -> dice.between(40, 90);
            case EARLY_END -> dice.between(0.3, 0.75);
            case STUCK, MISSING_SVID, LABELLED -> 0;
        };
    }

    private Predicate<SignalModel> suits(FaultKind kind) {
        return switch (kind) {
            case STEP_SHIFT, SPIKE ->
                signal -> active(
                        signal, SignalRole.POWER, SignalRole.PRESSURE, SignalRole.ELECTRICAL, SignalRole.OPTICAL);
            case DRIFT ->
                signal -> active(signal, SignalRole.OPTICAL, SignalRole.ELECTRICAL, SignalRole.TEMP, SignalRole.MATCH);
            case NOISE, STUCK ->
                signal ->
                        active(signal, SignalRole.PRESSURE, SignalRole.ELECTRICAL, SignalRole.OPTICAL, SignalRole.VALVE)
                                && signal.noise() * signal.stepsPerUnit() >= 1;
            case WRONG_SETPOINT ->
                signal -> active(signal, SignalRole.FLOW) && signal.couplings().isEmpty();
            case SLOW_SETTLING ->
                signal -> active(signal, SignalRole.FLOW, SignalRole.PRESSURE)
                        && signal.couplings().isEmpty()
                        && jumpStep(signal) >= 0;
            case REFLECTED_BURST -> signal -> active(signal, SignalRole.REFLECTED);
            case MISSING_SVID, EARLY_END, LABELLED -> signal -> true;
        };
    }

    private boolean active(SignalModel signal, SignalRole... roles) {
        return List.of(roles).contains(signal.role()) && model.isActiveInMainStep(signal);
    }

    private SignalModel pick(Dice dice, Predicate<SignalModel> suitable) {
        List<SignalModel> candidates = model.signals().stream()
                .filter(signal -> !signal.svid().startsWith(ToolModel.AUXILIARY))
                .filter(suitable)
                .toList();
        return candidates.get(dice.below(candidates.size()));
    }

    /** Position of the first step, up to the main step, for which the signal must move by a quarter of its full scale; -1 if none. */
    private int jumpStep(SignalModel signal) {
        List<Double> points = signal.setPoints();
        double before = points.get(points.size() - 1);
        for (int step = 0; step <= model.mainStep(); step++) {
            if (Math.abs(points.get(step) - before) >= 0.25 * signal.fullScale()) {
                return step;
            }
            before = points.get(step);
        }
        return -1;
    }
}
