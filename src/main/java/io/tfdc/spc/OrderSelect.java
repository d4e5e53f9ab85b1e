package io.tfdc.spc;

import java.util.Arrays;

/** Order statistics by selection in place, linear on average; falls back to sorting when the input defeats the pivots. */
final class OrderSelect {
    private OrderSelect() {}

    /** The k-th smallest (from 0); smaller ones end up before it, greater ones behind. */
    static double select(double[] values, int n, int k) {
        int low = 0;
        int high = n - 1;
        int budget = 2 * (32 - Integer.numberOfLeadingZeros(n));
        while (high - low > 12) {
            if (budget-- == 0) {
                Arrays.sort(values, low, high + 1);
                return values[k];
            }
            double pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = values[i];
                    values[i++] = values[j];
                    values[j--] = swap;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return values[k];
            }
        }
        insertionSort(values, low, high);
        return values[k];
    }

    private static double medianOfThree(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static void insertionSort(double[] values, int low, int high) {
        for (int i = low + 1; i <= high; i++) {
            double value = values[i];
            int j = i - 1;
            while (j >= low && values[j] > value) {
                values[j + 1] = values[j--];
            }
            values[j + 1] = value;
        }
    }
}
