package io.tfdc.mebo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Timestamps, values, tags and options of random shapes. */
final class RandomMetrics {
    private final Random random;

    RandomMetrics(Random random) {
        this.random = random;
    }

    long[] times(int count) {
        long[] times = new long[count];
        int shape = random.nextInt(7);
        long start = shape == 6 ? random.nextLong() : 1_750_000_000_000_000L + random.nextInt();
        long step = 1L << random.nextInt(26);
        for (int i = 0; i < count; i++) {
            times[i] = switch (shape) {
                case 0 -> start + step * i;
                case 1 -> start + step * i + random.nextInt(2000);
                case 2 -> start + (random.nextInt(30) == 0 ? random.nextLong() >> 20 : step * i);
                case 3 -> start - step * i;
                case 4 -> random.nextInt(3) - 1;
                case 5 -> random.nextLong() >> random.nextInt(64);
                default -> start;
            };
        }
        return times;
    }

    double[] values(int count) {
        double[] values = new double[count];
        int shape = random.nextInt(10);
        double scale = Math.pow(10, random.nextInt(7));
        double level = random.nextInt(500);
        for (int i = 0; i < count; i++) {
            values[i] = switch (shape) {
                case 0 -> level;
                case 1 -> Math.round((level + random.nextGaussian()) * scale) / scale;
                case 2 -> level + random.nextGaussian();
                case 3 -> Double.longBitsToDouble(random.nextLong());
                case 4 -> random.nextInt(5) == 0 ? special() : Math.round(level * scale) / scale;
                case 5 -> i;
                case 6 -> random.nextInt(3);
                case 7 -> Math.sin(i / 50.0) * level;
                case 8 -> random.nextInt(20) == 0 ? random.nextDouble() : values[Math.max(0, i - 1)];
                default -> (random.nextLong() >> random.nextInt(64)) * 1e-3;
            };
        }
        return values;
    }

    byte[][] tags(int count) {
        byte[][] tags = new byte[count][];
        boolean empty = random.nextInt(4) == 0;
        for (int i = 0; i < count; i++) {
            tags[i] = new byte[empty ? 0 : random.nextInt(random.nextInt(40) == 0 ? 300 : 6)];
            random.nextBytes(tags[i]);
        }
        return tags;
    }

    List<byte[]> texts(int count) {
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] text = new byte[random.nextInt(random.nextInt(20) == 0 ? 256 : 9)];
            random.nextBytes(text);
            texts.add(text);
        }
        return texts;
    }

    /** Mostly short, with the borders of groups and words. */
    int count() {
        return random.nextInt(8) == 0 ? 1 + random.nextInt(1500) : 1 + random.nextInt(40);
    }

    NumericOptions options() {
        return new NumericOptions(
                one(TimestampEncoding.values()),
                one(ValueEncoding.values()),
                one(Codec.values()),
                one(Codec.values()),
                random.nextBoolean() ? java.nio.ByteOrder.BIG_ENDIAN : java.nio.ByteOrder.LITTLE_ENDIAN,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0);
    }

    /** A whole numeric blob; with shared timestamps several metrics have equal times. */
    byte[] numericBlob(NumericOptions options) {
        NumericBlobWriter writer = new NumericBlobWriter(options, random.nextLong());
        int metrics = 1 + random.nextInt(5);
        int count = count();
        long[] times = times(count);
        for (int m = 0; m < metrics; m++) {
            if (!options.sharedTimestamps() || random.nextInt(3) == 0) {
                count = count();
                times = times(count);
            }
            byte[][] tags = options.tags() ? tags(count) : null;
            writer.add(random.nextLong() | 1, times, values(count), 0, count, tags);
        }
        return writer.finish();
    }

    byte[] textBlob() {
        TextOptions options = new TextOptions(
                random.nextBoolean() ? TimestampEncoding.RAW : TimestampEncoding.DELTA,
                one(Codec.values()),
                random.nextBoolean() ? java.nio.ByteOrder.BIG_ENDIAN : java.nio.ByteOrder.LITTLE_ENDIAN,
                random.nextBoolean());
        TextBlobWriter writer = new TextBlobWriter(options, random.nextLong());
        for (int m = 0; m < 1 + random.nextInt(4); m++) {
            int count = 1 + random.nextInt(30);
            writer.add("metric-" + m, times(count), texts(count), options.tags() ? texts(count) : null);
        }
        return writer.finish();
    }

    <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private double special() {
        return one(new Double[] {
            Double.NaN,
            Double.longBitsToDouble(0x7FF0_0000_DEAD_BEEFL),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MAX_VALUE,
            9.2e18,
            0x1p51 + 0.5
        });
    }
}
