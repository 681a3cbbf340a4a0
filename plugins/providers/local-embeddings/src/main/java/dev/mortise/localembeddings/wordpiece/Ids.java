package dev.mortise.localembeddings.wordpiece;

import java.util.Arrays;

/** A growing list of ids that takes no more than its limit. */
final class Ids {
    private final int limit;
    private int[] values;
    private int size;

    Ids(int limit) {
        this.limit = limit;
        this.values = new int[Math.min(limit, 32)];
    }

    boolean isFull() {
        return size == limit;
    }

    void add(int id) {
        if (isFull()) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.min(limit, 2 * size));
        }
        values[size++] = id;
    }

    void addAll(Ids others) {
        for (int i = 0; i < others.size; i++) {
            add(others.values[i]);
        }
    }

    int[] toArray(int last) {
        int[] result = Arrays.copyOf(values, size + 1);
        result[size] = last;
        return result;
    }
}
