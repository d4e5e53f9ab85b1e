package io.tfdc.leader;

import java.util.Arrays;

/** A member's chambers: numbers in ascending order, found by binary search. */
final class ChamberSet {
    private int[] numbers;
    private int size;

    ChamberSet(int capacity) {
        numbers = new int[capacity];
    }

    int size() {
        return size;
    }

    int get(int rank) {
        return numbers[rank];
    }

    void add(int number) {
        int at = -1 - Arrays.binarySearch(numbers, 0, size, number);
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        System.arraycopy(numbers, at, numbers, at + 1, size - at);
        numbers[at] = number;
        size++;
    }

    void remove(int number) {
        int at = Arrays.binarySearch(numbers, 0, size, number);
        System.arraycopy(numbers, at + 1, numbers, at, size - at - 1);
        size--;
    }
}
