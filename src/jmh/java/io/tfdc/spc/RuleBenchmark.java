package io.tfdc.spc;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging the newest point of a chart against its history of 100; time per chart. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RuleBenchmark {
    private static final int CHARTS = 1_000;
    private static final int HISTORY = 100;

    private final double[][] history = new double[CHARTS][HISTORY];
    private final ControlLimits limits = ControlLimits.fixed(0, 1, 5);
    private final CusumDesign cusum = CusumDesign.of(0.5, 5);
    private final EwmaDesign ewma = new EwmaDesign(0.1, 2.7);
    private final EwmaState[] averages = new EwmaState[CHARTS];
    private final CusumState[] sums = new CusumState[CHARTS];

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int c = 0; c < CHARTS; c++) {
            for (int i = 0; i < HISTORY; i++) {
                history[c][i] = random.nextGaussian();
            }
            averages[c] = ewma.start(0);
            sums[c] = cusum.start();
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHARTS)
    public int limitsOnly() {
        int outside = 0;
        for (double[] h : history) {
            outside += limits.judge(h[HISTORY - 1]).isOutside() ? 1 : 0;
        }
        return outside;
    }

    @Benchmark
    @OperationsPerInvocation(CHARTS)
    public int allTwelveRunRules() {
        int fired = 0;
        for (double[] h : history) {
            fired |= RunRules.last(h, 0, 1, RunRule.ALL_NELSON | RunRule.ALL_WECO, RunRuleConvention.QCC);
        }
        return fired;
    }

    @Benchmark
    @OperationsPerInvocation(CHARTS)
    public int ewmaAndCusum() {
        int outside = 0;
        for (int c = 0; c < CHARTS; c++) {
            double value = history[c][HISTORY - 1];
            averages[c] = averages[c].next(ewma, value);
            sums[c] = sums[c].next(cusum, value, 0, 1);
            outside += ewma.judge(averages[c], 0, 1).isOutside() ? 1 : 0;
            outside += cusum.judge(sums[c]).isOutside() ? 1 : 0;
        }
        return outside;
    }

    @Benchmark
    @OperationsPerInvocation(CHARTS)
    public double learnLimitsFromHistory() {
        double sum = 0;
        LimitPolicy policy = LimitPolicy.of(LimitMethod.MEAN_MR, 5);
        for (double[] h : history) {
            sum += Baseline.learn(policy, h).ucl();
        }
        return sum;
    }
}
