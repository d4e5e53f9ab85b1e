package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code -Ddefender.fuzz.seconds=N} makes it run for N seconds on a new seed instead of a fixed number of rounds on a
 * fixed one.
 */
class MutationFuzzTest {
    private static final int ROUNDS = 40_000;
    private static final int LARGEST_SEED = 60_000;

    @Test
    void damagedBlobsAreRefusedWithATypedFailureAndBoundedMemory() {
        int seconds = Integer.getInteger("defender.fuzz.seconds", 0);
        long seed = seconds > 0 ? System.nanoTime() : 7;
        Random random = new Random(seed);
        BlobMutator mutator = new BlobMutator(random, corpus(random));
        HostileReader reader = new HostileReader(true);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long rounds = 0;
        long whole = 0;
        while (seconds > 0 ? System.nanoTime() < end : rounds < ROUNDS) {
            byte[] blob = mutator.next();
            try {
                whole += reader.read(blob) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " round " + rounds + ": "
                                + HexFormat.of().formatHex(blob),
                        e);
            }
            rounds++;
        }
        long refused = rounds - whole;
        assertTrue(refused > rounds / 4 && whole > rounds / 100, refused + " of " + rounds + " refused");
        if (seconds > 0) {
            System.out.println("mebo fuzz: seed " + seed + ", " + rounds + " blobs, " + refused + " refused, "
                    + reader.points() + " points decoded, at most " + reader.mostAllocated() + " bytes per blob");
        }
    }

    /** Golden and generated blobs of every kind. */
    static List<byte[]> corpus(Random random) {
        List<byte[]> corpus = new ArrayList<>();
        GoldenCase.all().stream()
                .filter(c -> !c.kind().equals("blobset"))
                .map(GoldenCase::blob)
                .filter(blob -> blob.length <= LARGEST_SEED)
                .forEach(corpus::add);
        RandomMetrics metrics = new RandomMetrics(random);
        for (int i = 0; i < 200; i++) {
            NumericOptions options = metrics.options();
            corpus.add(metrics.numericBlob(i % 2 == 0 ? options : options.withCodecs(Codec.NONE, Codec.NONE)));
        }
        for (int i = 0; i < 40; i++) {
            corpus.add(metrics.textBlob());
        }
        return corpus;
    }
}
