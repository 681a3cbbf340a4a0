package dev.mortise.automotive.intent;

import java.util.List;

/**
 * Softmax regression on embeddings and words: the head that turns a general sentence model into one for this trade.
 * With a few dozen examples a class it is markedly better than nearest neighbours, needs a second to train, and is the
 * same for the same examples. Trained by Adam (Kingma and Ba 2015, algorithm 1) on the whole set, with L2 shrinkage.
 */
final class LinearModel {
    private static final int STEPS = 100;
    private static final double RATE = 0.1;
    private static final double SHRINKAGE = 1.0 / 15;
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;

    private final int classes;
    private final int dimensions;
    /** Rows: dimensions of the embedding, words of the lexicon, one constant; columns: classes. */
    private final double[][] weights;

    private LinearModel(int classes, int dimensions, int words) {
        this.classes = classes;
        this.dimensions = dimensions;
        this.weights = new double[dimensions + words + 1][classes];
    }

    /** One example: where it lies, what it says, what it stands for. */
    static final class Sample {
        private final float[] embedding;
        private final Lexicon.Sparse words;
        private final int label;

        Sample(float[] embedding, Lexicon.Sparse words, int label) {
            this.embedding = embedding;
            this.words = words;
            this.label = label;
        }
    }

    /** Trains; takes time by samples, dimensions, classes and {@value #STEPS} steps. */
    static LinearModel train(List<Sample> samples, int classes, int dimensions, int words) {
        LinearModel model = new LinearModel(classes, dimensions, words);
        int rows = model.weights.length;
        double[][] mean = new double[rows][classes];
        double[][] square = new double[rows][classes];
        for (int step = 1; step <= STEPS; step++) {
            double[][] gradient = model.gradient(samples);
            double meanBias = 1 - Math.pow(MEAN_DECAY, step);
            double squareBias = 1 - Math.pow(SQUARE_DECAY, step);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < classes; k++) {
                    double g = gradient[r][k];
                    mean[r][k] = MEAN_DECAY * mean[r][k] + (1 - MEAN_DECAY) * g;
                    square[r][k] = SQUARE_DECAY * square[r][k] + (1 - SQUARE_DECAY) * g * g;
                    model.weights[r][k] -=
                            RATE * (mean[r][k] / meanBias) / (Math.sqrt(square[r][k] / squareBias) + 1e-8);
                }
            }
        }
        return model;
    }

    private double[][] gradient(List<Sample> samples) {
        int rows = weights.length;
        double[][] gradient = new double[rows][classes];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < classes; k++) {
                gradient[r][k] = SHRINKAGE * weights[r][k] / samples.size();
            }
        }
        for (Sample sample : samples) {
            double[] error = softmax(scores(sample.embedding, sample.words));
            error[sample.label] -= 1;
            for (int k = 0; k < classes; k++) {
                error[k] /= samples.size();
            }
            for (int d = 0; d < dimensions; d++) {
                add(gradient[d], error, sample.embedding[d]);
            }
            for (int w = 0; w < sample.words.size(); w++) {
                add(gradient[dimensions + sample.words.at(w)], error, sample.words.value(w));
            }
            add(gradient[rows - 1], error, 1);
        }
        return gradient;
    }

    /** Returns the log-odds of each class, up to a common constant. */
    double[] scores(float[] embedding, Lexicon.Sparse words) {
        double[] scores = weights[weights.length - 1].clone();
        for (int d = 0; d < dimensions; d++) {
            add(scores, weights[d], embedding[d]);
        }
        for (int w = 0; w < words.size(); w++) {
            add(scores, weights[dimensions + words.at(w)], words.value(w));
        }
        return scores;
    }

    private static void add(double[] sum, double[] values, double factor) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * values[k];
        }
    }

    /** Returns probabilities that add up to 1. */
    static double[] softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double[] result = new double[scores.length];
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            result[k] = Math.exp(scores[k] - max);
            sum += result[k];
        }
        for (int k = 0; k < scores.length; k++) {
            result[k] /= sum;
        }
        return result;
    }
}
