package io.tfdc.mebo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Blobs of chamber runs: the golden ones where {@code shared.data} has them, otherwise synthetic ones of the same
 * shape.
 */
final class RunData {
    private static final long START = 1_750_000_000_000_000L;

    private RunData() {}

    static NumericBlob golden(String name, NumericOptions otherwise, int metrics, int points) {
        Path file = Path.of(System.getProperty("shared.data", ""), "mebo", name + ".mebo");
        try {
            byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : synthetic(otherwise, metrics, points);
            return (NumericBlob) MeboBlob.open(bytes, MeboLimits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decimals that drift and step, read once a second with a jitter of some milliseconds. */
    static byte[] synthetic(NumericOptions options, int metrics, int points) {
        Random random = new Random(11);
        long[] times = new long[points];
        for (int i = 0; i < points; i++) {
            times[i] = START + 1_000_000L * i + 1000L * random.nextInt(-4, 5);
        }
        NumericBlobWriter writer = new NumericBlobWriter(options, START);
        for (int m = 0; m < metrics; m++) {
            writer.add(m + 1001L, times, values(random, points, 1 + m % 3), 0, points);
        }
        return writer.finish();
    }

    private static double[] values(Random random, int points, int digits) {
        double[] values = new double[points];
        double scale = Math.pow(10, digits);
        double level = 20 + random.nextInt(300);
        for (int i = 0; i < points; i++) {
            if (random.nextInt(200) == 0) {
                level = 20 + random.nextInt(300);
            }
            values[i] = Math.round((level + random.nextGaussian() * 0.5) * scale) / scale;
        }
        return values;
    }
}
