package dev.mortise.automotive.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The words and pairs of words that occur in at least two examples, weighed by how rare they are (inverse document
 * frequency, Sparck Jones 1972).
 */
final class Lexicon {
    /** Length of a text's vector beside the embedding's length of 1: words weigh less than meaning. */
    private static final double SCALE = 0.7;

    private final Map<String, Integer> index = new HashMap<>();
    private final double[] rarity;

    Lexicon(List<String> examples) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String example : examples) {
            Words.features(example).forEach(feature -> counts.merge(feature, 1, Integer::sum));
        }
        counts.values().removeIf(count -> count < 2);
        rarity = new double[counts.size()];
        counts.forEach((feature, count) -> {
            rarity[index.size()] = Math.log((double) examples.size() / count);
            index.put(feature, index.size());
        });
    }

    int size() {
        return rarity.length;
    }

    Sparse vector(String text) {
        Set<String> features = Words.features(text);
        int[] at = features.stream()
                .map(index::get)
                .filter(java.util.Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
        double norm = 0;
        for (int i : at) {
            norm += rarity[i] * rarity[i];
        }
        double[] values = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = norm == 0 ? 0 : rarity[at[i]] * SCALE / Math.sqrt(norm);
        }
        return new Sparse(at, values);
    }

    /** The entries that are not 0. */
    static final class Sparse {
        private final int[] at;
        private final double[] values;

        private Sparse(int[] at, double[] values) {
            this.at = at;
            this.values = values;
        }

        int size() {
            return at.length;
        }

        int at(int i) {
            return at[i];
        }

        double value(int i) {
            return values[i];
        }
    }
}
