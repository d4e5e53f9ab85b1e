package io.tfdc.api;

/**
 * Reduces a series for drawing: of every stretch of samples the first, the least, the greatest and the last stay, in their order. What
 * sticks out stays visible, however many samples there are.
 */
final class TraceThinning {
    private static final int PER_STRETCH = 4;

    private TraceThinning() {}

    /** Positions of the samples that stay, ascending: all if there are no more than wanted, never more than wanted. */
    static int[] keep(double[] values, int size, int most) {
        if (size <= most) {
            int[] all = new int[size];
            java.util.Arrays.setAll(all, i -> i);
            return all;
        }
        int stretches = Math.max(1, most / PER_STRETCH);
        int[] kept = new int[stretches * PER_STRETCH];
        int count = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) size * stretch / stretches);
            int to = (int) ((long) size * (stretch + 1) / stretches);
            int least = from;
            int greatest = from;
            for (int i = from; i < to; i++) {
                least = values[i] < values[least] || Double.isNaN(values[least]) ? i : least;
                greatest = values[i] > values[greatest] || Double.isNaN(values[greatest]) ? i : greatest;
            }
            int[] chosen = {from, Math.min(least, greatest), Math.max(least, greatest), to - 1};
            for (int position : chosen) {
                if (count == 0 || position > kept[count - 1]) {
                    kept[count++] = position;
                }
            }
        }
        return java.util.Arrays.copyOf(kept, count);
    }
}
