package dev.mortise.automotive.intent;

import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.automotive.BundledYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a message is about. Thread-safe; the first call (or {@link #prepare}) learns the examples, later ones
 * wait for that.
 *
 * @since 0.1
 */
public final class Classifier {
    /** What is longer than ten pages is not judged by its beginning. */
    static final int LONGEST = 20_000;

    /** How much the sentences count beside the whole. Found on the development messages. */
    private static final double SENTENCES_WEIGH = 0.4;
    /** A sentence that is this sure of a wish makes it one of the message's wishes. */
    private static final double SENTENCE_IS_A_WISH = 0.6;

    private static final int TOO_MANY_DEPARTMENTS = 3;
    /** The embedding model is an English one; what it makes of other languages has to be surer. */
    private static final double MORE_FOR_OTHER_LANGUAGES = 0.1;

    private final IntentCatalogue catalogue;
    private final CueSheet cues;
    private final LanguageGuess languages;
    private final Hostility hostility;
    private final ExampleVectors vectors;
    private final double minConfidence;
    private final AtomicReference<@Nullable Brain> brain = new AtomicReference<>();
    private final ReentrantLock learning = new ReentrantLock();

    Classifier(IntentCatalogue catalogue, BundledYaml yaml, ExampleVectors vectors, double minConfidence) {
        this.catalogue = catalogue;
        this.cues = new CueSheet(catalogue.intents());
        this.languages = new LanguageGuess(yaml);
        this.hostility = new Hostility(yaml);
        this.vectors = vectors;
        this.minConfidence = minConfidence;
    }

    /**
     * Creates a classifier that keeps the examples' embeddings in the plugin's table.
     *
     * @param embed asks the gateway
     * @param memory the plugin's table
     */
    public static Classifier create(
            IntentCatalogue catalogue,
            BundledYaml yaml,
            Function<List<String>, EmbeddingReply> embed,
            VectorMemory memory,
            double minConfidence) {
        return new Classifier(catalogue, yaml, new ExampleVectors(embed, memory::find, memory::keep), minConfidence);
    }

    /** Learns the examples now, so that the first message does not wait. */
    public void prepare() {
        brainFor(vectors.embed().apply(List.of("hello")).model());
    }

    /**
     * Judges a text.
     *
     * @throws dev.mortise.api.error.MortiseException as the gateway does, when the embedding model cannot be asked
     */
    public Classification classify(String text) {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Classification.undecided(Reason.EMPTY, null);
        }
        if (text.length() > LONGEST) {
            return Classification.undecided(Reason.TOO_LONG, null);
        }
        Optional<String> language = languages.guess(text);
        if (hostility.isHostile(text)) {
            return Classification.undecided(Reason.HOSTILE, language.orElse(null));
        }
        MessageText message = MessageText.of(text);
        if (message.whole().isBlank()) {
            return Classification.undecided(Reason.UNSURE, language.orElse(null));
        }
        if (language.isPresent() && !catalogue.languages().contains(language.get())) {
            return Classification.undecided(Reason.LANGUAGE, language.get());
        }
        return judge(message, language.orElse(null));
    }

    private Classification judge(MessageText message, @Nullable String language) {
        List<String> texts = message.all();
        EmbeddingReply reply = vectors.embed().apply(texts);
        Brain learnt = brainFor(reply.model());
        List<double[]> judged = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            judged.add(learnt.judge(texts.get(i), reply.embeddings().get(i), cues.weigh(texts.get(i))));
        }
        double[] scores = combine(judged);
        int best = best(scores);
        List<Intent> wishes = wishes(judged, best);
        Intent intent = catalogue.intents().get(best);
        double enough =
                language == null || language.equals("en") ? minConfidence : minConfidence + MORE_FOR_OTHER_LANGUAGES;
        Reason reason = reason(intent, scores[best] >= enough, wishes);
        List<String> ids = wishes.stream().map(Intent::id).toList();
        boolean nothing = intent.isNone();
        return new Classification(
                reason == null,
                nothing ? null : intent.id(),
                nothing ? null : intent.department(),
                Math.round(scores[best] * 1000) / 1000.0,
                reason,
                ids,
                language,
                reply.model());
    }

    private @Nullable Reason reason(Intent intent, boolean confident, List<Intent> wishes) {
        long departments = wishes.stream().map(Intent::department).distinct().count();
        boolean sure = confident && !intent.isNone();
        if (departments >= TOO_MANY_DEPARTMENTS || (!sure && departments > 1)) {
            return Reason.SEVERAL_WISHES;
        }
        return sure ? null : Reason.UNSURE;
    }

    /** Adds what the sentences say to what the whole says; neutral sentences say nothing. Returns shares of 1. */
    private double[] combine(List<double[]> judged) {
        int wishes = catalogue.intents().size();
        double[] whole = judged.getFirst();
        double[] sentences = new double[wishes];
        double said = 0;
        for (double[] sentence : judged.subList(1, judged.size())) {
            for (int k = 0; k < wishes; k++) {
                sentences[k] += sentence[k];
                said += sentence[k];
            }
        }
        double weight = judged.size() == 1 ? 0 : SENTENCES_WEIGH;
        double[] scores = new double[wishes];
        double total = 0;
        for (int k = 0; k < wishes; k++) {
            scores[k] = whole[k] / (1 - whole[wishes]) + weight * sentences[k] / Math.max(0.5, said);
            total += scores[k];
        }
        for (int k = 0; k < wishes; k++) {
            scores[k] /= total;
        }
        return scores;
    }

    /** Returns the best wish and every other one that a sentence is sure of. */
    private List<Intent> wishes(List<double[]> judged, int best) {
        List<Intent> wishes = new ArrayList<>();
        if (!catalogue.intents().get(best).isNone()) {
            wishes.add(catalogue.intents().get(best));
        }
        for (double[] sentence : judged.subList(1, judged.size())) {
            int k = best(sentence);
            if (k < catalogue.intents().size() && sentence[k] >= SENTENCE_IS_A_WISH) {
                Intent intent = catalogue.intents().get(k);
                if (!intent.isNone() && !wishes.contains(intent)) {
                    wishes.add(intent);
                }
            }
        }
        return wishes;
    }

    private static int best(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }

    /** Returns what was learnt with that model; learns when there is none or the gateway has changed its model. */
    private Brain brainFor(String model) {
        Brain known = brain.get();
        if (known != null && known.model().equals(model)) {
            return known;
        }
        learning.lock();
        try {
            Brain meanwhile = brain.get();
            if (meanwhile != null && meanwhile.model().equals(model)) {
                return meanwhile;
            }
            Brain learnt = Brain.learn(catalogue, vectors, model);
            brain.set(learnt);
            return learnt;
        } finally {
            learning.unlock();
        }
    }
}
