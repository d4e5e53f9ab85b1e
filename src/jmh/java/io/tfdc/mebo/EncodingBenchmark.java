package io.tfdc.mebo;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each encoding alone, on the content of the run of 100 metrics and 1200 points. Scores are ns per point. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EncodingBenchmark {
    private static final int METRICS = 100;
    private static final int POINTS = 1200;

    /** A timestamp encoding or a value encoding. */
    @Param({"RAW", "DELTA", "DELTA_PACKED", "GORILLA", "CHIMP", "ALP"})
    public String encoding = "RAW";

    private final long[][] times = new long[METRICS][POINTS];
    private final double[][] values = new double[METRICS][POINTS];
    private boolean ofTimes;
    private NumericOptions options = NumericOptions.DEFAULT;
    private NumericBlob blob;

    @Setup
    public void setUp() {
        NumericBlob run = RunData.golden("run_100x1200_delta_gorilla_default", options, METRICS, POINTS);
        for (int i = 0; i < METRICS; i++) {
            run.decodeTimestamps(i, times[i], 0);
            run.decodeValues(i, values[i], 0);
        }
        ofTimes = encoding.startsWith("DELTA");
        options = options.withVersion2(true)
                .withEncodings(
                        ofTimes ? TimestampEncoding.valueOf(encoding) : TimestampEncoding.RAW,
                        ofTimes ? ValueEncoding.RAW : ValueEncoding.valueOf(encoding));
        blob = (NumericBlob) MeboBlob.open(write(), MeboLimits.DEFAULT);
    }

    @Benchmark
    @OperationsPerInvocation(METRICS * POINTS)
    public int decode() {
        int n = 0;
        for (int i = 0; i < METRICS; i++) {
            n += ofTimes ? blob.decodeTimestamps(i, times[i], 0) : blob.decodeValues(i, values[i], 0);
        }
        return n;
    }

    /** Timestamps and values: those of the other kind are written raw. */
    @Benchmark
    @OperationsPerInvocation(METRICS * POINTS)
    public int encode() {
        return write().length;
    }

    private byte[] write() {
        NumericBlobWriter writer = new NumericBlobWriter(options, times[0][0]);
        for (int i = 0; i < METRICS; i++) {
            writer.add(i + 1L, times[i], values[i], 0, POINTS);
        }
        return writer.finish();
    }
}
