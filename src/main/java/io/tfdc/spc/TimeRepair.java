package io.tfdc.spc;

import io.tfdc.spc.DataFinding.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which samples stay when time jumps back; used only for the runs where it does. */
final class TimeRepair {
    private final long[] micros;
    private final int n;
    private final double @Nullable [] step;
    private final List<DataFinding> findings;
    private final int[] kept;
    private int size;

    TimeRepair(long[] micros, int n, double @Nullable [] step, List<DataFinding> findings) {
        this.micros = micros;
        this.n = n;
        this.step = step;
        this.findings = findings;
        this.kept = new int[n];
    }

    /** Positions to keep, ascending in place and time; the first {@code ascending} samples are in order. */
    int[] keep(int ascending) {
        for (int i = 0; i < ascending; i++) {
            kept[size++] = i;
        }
        int i = ascending;
        while (i < n) {
            if (micros[i] >= newest()) {
                kept[size++] = i++;
            } else {
                i = afterJumpBack(i);
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** Handles the jump back at {@code jump} and gives the position from which to go on. */
    private int afterJumpBack(int jump) {
        int resume = jump + 1;
        while (resume < n && micros[resume] < newest()) {
            resume++;
        }
        if (resume == n) {
            if (previousIsSpike(jump)) {
                findings.add(new DataFinding(Kind.CLOCK_SPIKE, kept[--size], 1));
                return jump;
            }
            findings.add(new DataFinding(startsOver(jump) ? Kind.NEXT_RUN_SAMPLES : Kind.LATE_SAMPLES, jump, n - jump));
            return n;
        }
        if (repeats(jump)) {
            findings.add(new DataFinding(Kind.REPEATED_SAMPLES, jump, resume - jump));
            return resume;
        }
        if (startsOver(jump) && returnsToFirstStep(jump)) {
            findings.add(new DataFinding(Kind.NEXT_RUN_SAMPLES, jump, n - jump));
            return n;
        }
        findings.add(new DataFinding(Kind.LATE_SAMPLES, jump, resume - jump));
        return resume;
    }

    private long newest() {
        return micros[kept[size - 1]];
    }

    /** The sample before the jump is alone ahead: its predecessor and at least two successors are in order without it. */
    private boolean previousIsSpike(int jump) {
        return size >= 2
                && kept[size - 1] == jump - 1
                && micros[jump] >= micros[kept[size - 2]]
                && jump + 1 < n
                && micros[jump + 1] >= micros[jump];
    }

    private boolean startsOver(int jump) {
        return returnsToFirstStep(jump) || micros[jump] - micros[0] <= newest() - micros[jump];
    }

    private boolean returnsToFirstStep(int jump) {
        return step != null && step[jump] == step[0] && step[jump] != step[jump - 1];
    }

    private boolean repeats(int jump) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (micros[kept[middle]] < micros[jump]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < size && micros[kept[low]] == micros[jump];
    }
}
