package io.tfdc.simulator;

import io.tfdc.simulator.SignalModel.Coupling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the readings of one run: signals follow their set-points, drive each other, and suffer the run's faults. */
final class SignalSynthesis {
    private final ToolModel model;
    private final SignalModel[] signals;
    private final Timeline timeline;
    private final Dice dice;
    private final @Nullable FaultEffect[] effects;
    private final double[][] setPoint;
    private final double[][] nominal;
    private final double[] scale;

    /**
     * @param level per signal how far this run's true value is from its set-point at full scale
     * @param dice random numbers of this run, for this purpose alone
     */
    SignalSynthesis(ToolModel model, double[] level, Timeline timeline, List<Fault> faults, Dice dice) {
        this.model = model;
        this.signals = model.signals().toArray(new SignalModel[0]);
        this.timeline = timeline;
        this.dice = dice;
        this.effects = new FaultEffect[signals.length];
        for (Fault fault : faults) {
            int signal = model.indexOf(fault.svid());
            if (signal >= 0) {
                effects[signal] = FaultEffect.of(fault, model, timeline, dice.fork("fault"));
            }
        }
        this.scale = new double[signals.length];
        this.setPoint = new double[model.steps().size()][signals.length];
        this.nominal = new double[model.steps().size()][signals.length];
        for (int s = 0; s < signals.length; s++) {
            scale[s] = signals[s].fullScale();
            for (int step = 0; step < setPoint.length; step++) {
                setPoint[step][s] = signals[s].setPoints().get(step);
                nominal[step][s] = setPoint[step][s] + level[s] * Math.abs(setPoint[step][s]) / scale[s];
            }
        }
    }

    /** One column per signal. */
    double[][] readings() {
        int samples = timeline.seconds().length;
        double[][] readings = new double[signals.length][samples];
        double[] truth = nominal[nominal.length - 1].clone();
        double[] noise = new double[signals.length];
        for (int s = 0; s < signals.length; s++) {
            noise[s] = dice.gaussian();
        }
        double before = -1 / model.hz();
        for (int i = 0; i < samples; i++) {
            double now = timeline.seconds()[i];
            double[] targets = targets(truth, timeline.step()[i]);
            for (int s = 0; s < signals.length; s++) {
                double innovation = Math.sqrt(1 - signals[s].memory() * signals[s].memory()) * dice.gaussian();
                noise[s] = signals[s].memory() * noise[s] + innovation;
                FaultEffect effect = effects[s];
                if (effect == null) {
                    truth[s] += (targets[s] - truth[s]) * (now - before) / (signals[s].lagSeconds() + now - before);
                    readings[s][i] = shown(s, truth[s] + noise[s] * signals[s].noise());
                } else {
                    truth[s] = effect.follow(
                            truth[s], targets[s], signals[s].lagSeconds(), now - before, i, timeline.step()[i]);
                    double reading = effect.reading(truth[s], noise[s] * signals[s].noise(), i);
                    readings[s][i] = effect.isFrozen(i) ? readings[s][i - 1] : shown(s, reading);
                }
            }
            before = now;
        }
        return readings;
    }

    /** Where the signals head for: their set-points, moved by what the others are off theirs. */
    private double[] targets(double[] truth, int step) {
        double[] targets = nominal[step].clone();
        for (int s = 0; s < signals.length; s++) {
            for (Coupling coupling : signals[s].couplings()) {
                int source = coupling.source();
                double deviation = (truth[source] - setPoint[step][source]) / scale[source];
                targets[s] += coupling.gain() * deviation * scale[s];
            }
        }
        return targets;
    }

    private double shown(int s, double reading) {
        return signals[s].quantised(signals[s].role().isOneSided() ? Math.max(0, reading) : reading);
    }
}
