package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.spc.PairedSignals.Signal;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeWarpingTest {

    @Test
    void aLongerPhaseCostsNothing() {
        assertEquals(0, TimeWarping.distance(signal(1, 1, 5, 5, 5, 2), signal(1, 5, 2, 2), 4));
    }

    @Test
    void whatNoWalkCanAvoidIsCounted() {
        assertEquals(1, TimeWarping.distance(signal(1, 3, 4), signal(1, 2, 4), 3));
        assertEquals(6, TimeWarping.distance(signal(0, 0, 0), signal(2, 2, 2), 3));
    }

    @Test
    void withoutABandItIsTheSumOfDifferences() {
        assertEquals(9, TimeWarping.distance(signal(1, 5, 1, 5), signal(5, 1, 1, 4), 0));
    }

    @Test
    void samplesThatAreNotFiniteAreLeftOut() {
        assertEquals(0, TimeWarping.distance(signal(1, Double.NaN, 2), signal(1, 2, Double.POSITIVE_INFINITY), 1));
        assertTrue(Double.isNaN(TimeWarping.distance(signal(), signal(1), 1)));
        assertTrue(Double.isNaN(TimeWarping.distance(signal(1), signal(Double.NaN), 1)));
    }

    @Test
    void itIsSymmetricNeverNegativeAndShrinksWithTheBand() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Signal a = signal(random.doubles(5 + random.nextInt(30)).toArray());
            Signal b = signal(random.doubles(5 + random.nextInt(30)).toArray());
            double narrow = TimeWarping.distance(a, b, 2);
            double wide = TimeWarping.distance(a, b, 40);
            assertTrue(wide >= 0 && wide <= narrow, "seed " + seed);
            assertEquals(wide, TimeWarping.distance(b, a, 40), 1e-12, "seed " + seed);
            assertEquals(0, TimeWarping.distance(a, a, 3), "seed " + seed);
        }
    }

    @Test
    void aNegativeBandIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TimeWarping.distance(signal(1), signal(1), -1));
    }

    private static Signal signal(double... values) {
        return new Signal(LongStream.range(0, values.length).toArray(), values, 0, values.length);
    }
}
