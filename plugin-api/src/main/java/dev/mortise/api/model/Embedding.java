package dev.mortise.api.model;

import java.util.Arrays;

/**
 * A point in a model's space of meanings. Immutable.
 *
 * @since 0.1
 */
public final class Embedding {
    private final float[] vector;

    private Embedding(float[] vector) {
        this.vector = vector;
    }

    /** Returns an embedding with a copy of the values. */
    public static Embedding of(float... vector) {
        return new Embedding(vector.clone());
    }

    /** Returns the number of dimensions. */
    public int dimensions() {
        return vector.length;
    }

    /** Returns a copy of the values. */
    public float[] toArray() {
        return vector.clone();
    }

    /**
     * Returns the cosine of the angle to another embedding: 1 for the same direction, 0 for nothing in common.
     *
     * @throws IllegalArgumentException when the dimensions differ, as those of different models do
     */
    public double cosine(Embedding other) {
        if (other.vector.length != vector.length) {
            throw new IllegalArgumentException("Cannot compare " + vector.length + " with " + other.vector.length
                    + " dimensions; they come from different models");
        }
        double dot = 0;
        double own = 0;
        double theirs = 0;
        for (int i = 0; i < vector.length; i++) {
            dot += vector[i] * other.vector[i];
            own += vector[i] * vector[i];
            theirs += other.vector[i] * other.vector[i];
        }
        return own == 0 || theirs == 0 ? 0 : dot / Math.sqrt(own * theirs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Embedding[" + vector.length + " dimensions]";
    }
}
