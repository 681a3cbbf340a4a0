package dev.mortise.automotive.intent;

import dev.mortise.api.model.Embedding;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue, learnt with one embedding model. Immutable.
 *
 * @param model the embedding model's id
 * @param lexicon the words of the examples
 * @param head the classifier
 * @param wishes number of the catalogue's intents; one more class stands for neutral sentences
 */
record Brain(String model, Lexicon lexicon, LinearModel head, int wishes) {
    static Brain learn(IntentCatalogue catalogue, ExampleVectors vectors, String model) {
        List<String> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < catalogue.intents().size(); label++) {
            for (String example : catalogue.intents().get(label).examples()) {
                texts.add(example);
                labels.add(label);
            }
        }
        int wishes = catalogue.intents().size();
        for (String neutral : catalogue.neutral()) {
            texts.add(neutral);
            labels.add(wishes);
        }
        Lexicon lexicon = new Lexicon(texts);
        List<float[]> embeddings = vectors.of(texts, model);
        List<LinearModel.Sample> samples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            samples.add(new LinearModel.Sample(embeddings.get(i), lexicon.vector(texts.get(i)), labels.get(i)));
        }
        int dimensions = embeddings.getFirst().length;
        return new Brain(model, lexicon, LinearModel.train(samples, wishes + 1, dimensions, lexicon.size()), wishes);
    }

    /** Returns the probability of each wish and, last, of "says nothing". */
    double[] judge(String text, Embedding embedding, double[] cues) {
        double[] scores = head.scores(embedding.toArray(), lexicon.vector(text));
        for (int k = 0; k < wishes; k++) {
            scores[k] += cues[k];
        }
        return LinearModel.softmax(scores);
    }
}
