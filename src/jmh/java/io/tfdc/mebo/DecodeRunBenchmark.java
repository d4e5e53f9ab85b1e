package io.tfdc.mebo;

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

/**
 * Whole runs: timestamps and values of all metrics into reused arrays, a shared timestamp column once. Scores are ns
 * per point.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeRunBenchmark {
    private static final int SMALL = 100 * 1200;
    private static final int LARGE = 300 * 7200;

    private final long[] times = new long[7200];
    private final double[] values = new double[7200];
    private NumericBlob deltaGorilla;
    private NumericBlob deltaChimpShared;
    private NumericBlob packedAlpShared;

    @Setup
    public void setUp() {
        NumericOptions base = NumericOptions.DEFAULT;
        deltaGorilla = RunData.golden("run_100x1200_delta_gorilla_default", base, 100, 1200);
        deltaChimpShared = RunData.golden(
                "run_100x1200_delta_chimp_shared",
                base.withEncodings(TimestampEncoding.DELTA, ValueEncoding.CHIMP).withSharedTimestamps(true),
                100,
                1200);
        packedAlpShared = RunData.golden(
                "run_300x7200_dpack_alp_shared",
                base.withEncodings(TimestampEncoding.DELTA_PACKED, ValueEncoding.ALP)
                        .withSharedTimestamps(true),
                300,
                7200);
    }

    @Benchmark
    @OperationsPerInvocation(SMALL)
    public double deltaGorilla() {
        return decode(deltaGorilla);
    }

    @Benchmark
    @OperationsPerInvocation(SMALL)
    public double deltaChimpShared() {
        return decode(deltaChimpShared);
    }

    @Benchmark
    @OperationsPerInvocation(LARGE)
    public double deltaPackedAlpShared() {
        return decode(packedAlpShared);
    }

    @Benchmark
    @OperationsPerInvocation(SMALL)
    public double deltaGorillaStreamed() {
        double[] sum = new double[1];
        for (int i = 0; i < deltaGorilla.metricCount(); i++) {
            deltaGorilla.forEach(i, (time, value) -> sum[0] += value);
        }
        return sum[0];
    }

    private double decode(NumericBlob blob) {
        int owner = -1;
        double last = 0;
        for (int i = 0; i < blob.metricCount(); i++) {
            if (blob.timestampOwner(i) != owner) {
                owner = blob.timestampOwner(i);
                blob.decodeTimestamps(i, times, 0);
            }
            int n = blob.decodeValues(i, values, 0);
            last += values[n - 1];
        }
        return last;
    }
}
