package io.tfdc.spc;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One run of 100 signals x 1,200 points in five steps: finding the steps and computing six indicators per signal and step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndicatorBenchmark {
    private static final int SIGNALS = 100;
    private static final int POINTS = 1_200;
    private static final int STEPS = 5;

    @Param({"mean,std,min,max,range,count", "mean,std,min,max,slope,tw-mean", "mean,std,min,max,median,p95"})
    public String statistics = "";

    private final long[] micros = new long[POINTS];
    private final double[] step = new double[POINTS];
    private final double[][] values = new double[SIGNALS][POINTS];
    private IndicatorPlan plan = IndicatorPlan.of(List.of());
    private final IndicatorScratch scratch = new IndicatorScratch();
    private double[] out = new double[0];

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < POINTS; i++) {
            micros[i] = i * 100_000L + random.nextInt(5_000);
            step[i] = 1 + i * STEPS / POINTS;
            for (int s = 0; s < SIGNALS; s++) {
                values[s][i] = 100 * s + 10 * step[i] + random.nextGaussian();
            }
        }
        plan = IndicatorPlan.of(
                Stream.of(statistics.split(",")).map(IndicatorSpec::parse).toList());
        out = new double[plan.size() * STEPS * SIGNALS];
    }

    @Benchmark
    public double[] run() {
        StepWindows windows = StepWindows.of(micros, step, POINTS);
        SampleRange[] ranges = new SampleRange[STEPS];
        for (int k = 0; k < STEPS; k++) {
            ranges[k] = windows.resolve(WindowSpec.ofStep(k + 1));
        }
        int at = 0;
        for (double[] signal : values) {
            for (SampleRange range : ranges) {
                plan.evaluate(windows.axis().times(), signal, range, scratch, out, at);
                at += plan.size();
            }
        }
        return out;
    }
}
