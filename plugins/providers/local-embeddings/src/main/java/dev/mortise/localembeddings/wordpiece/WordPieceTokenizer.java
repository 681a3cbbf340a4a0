package dev.mortise.localembeddings.wordpiece;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Cuts texts into the pieces of a vocabulary: the longest that fits, from left to right (Wu et al. 2016, section 4.1;
 * Devlin et al. 2019). Immutable and thread-safe. Reads a text only as far as the wanted number of tokens needs.
 */
public final class WordPieceTokenizer {
    /** A word of more characters is unknown as a whole, as in the reference. */
    private static final int LONGEST_WORD = 100;

    private final Vocabulary vocabulary;
    private final int unknown;
    private final int begin;
    private final int end;
    private final Map<String, Integer> markers = new TreeMap<>();

    private WordPieceTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        unknown = vocabulary.require("[UNK]");
        begin = vocabulary.require("[CLS]");
        end = vocabulary.require("[SEP]");
    }

    /**
     * Reads a {@code tokenizer.json} as Hugging Face publishes it beside a model.
     *
     * @throws IllegalArgumentException when it describes another kind of tokenizer
     */
    public static WordPieceTokenizer of(JsonNode tokenizer) {
        WordPieceTokenizer result = new WordPieceTokenizer(Vocabulary.of(tokenizer));
        tokenizer
                .path("added_tokens")
                .forEach(token -> result.markers.put(
                        token.path("content").asString(), token.path("id").intValue()));
        return result;
    }

    /**
     * Returns the ids for a text, with those that mark its begin and end.
     *
     * @param limit the most ids to return, at least 2; what is left of the text is cut
     */
    public int[] encode(String text, int limit) {
        Ids ids = new Ids(limit - 1);
        ids.add(begin);
        int from = 0;
        for (int at = text.indexOf('['); at >= 0 && !ids.isFull(); at = text.indexOf('[', at + 1)) {
            String marker = markerAt(text, at);
            if (!marker.isEmpty()) {
                addWords(text, from, at, ids);
                ids.add(markers.getOrDefault(marker, unknown));
                from = at + marker.length();
            }
        }
        addWords(text, from, text.length(), ids);
        return ids.toArray(end);
    }

    /** Returns the marker such as {@code [MASK]} that stands there, or nothing. A text may contain them literally. */
    private String markerAt(String text, int at) {
        for (String marker : markers.keySet()) {
            if (text.startsWith(marker, at)) {
                return marker;
            }
        }
        return "";
    }

    private void addWords(String text, int from, int to, Ids ids) {
        StringBuilder word = new StringBuilder();
        int at = from;
        while (at < to && !ids.isFull()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (Characters.isDropped(character)) {
                continue;
            }
            boolean alone = Characters.isIdeograph(character);
            if (alone || Characters.isSpace(character)) {
                addWord(word, ids);
            }
            if (!Characters.isSpace(character)) {
                word.appendCodePoint(character);
            }
            if (alone) {
                addWord(word, ids);
            }
        }
        addWord(word, ids);
    }

    /** Adds what stands between two spaces: without accents, in lower case, and cut at punctuation. */
    private void addWord(StringBuilder word, Ids ids) {
        if (word.isEmpty()) {
            return;
        }
        String plain = lowerCase(withoutAccents(word));
        word.setLength(0);
        int from = 0;
        int at = 0;
        while (at < plain.length() && !ids.isFull()) {
            int character = plain.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean space = Characters.isSpace(character);
            if (space || Characters.isPunctuation(character)) {
                addPieces(plain.substring(from, at), ids);
                if (!space) {
                    addPieces(plain.substring(at, next), ids);
                }
                from = next;
            }
            at = next;
        }
        addPieces(plain.substring(from), ids);
    }

    private static String withoutAccents(CharSequence word) {
        if (word.chars().allMatch(character -> character < 0x80)) {
            return word.toString();
        }
        StringBuilder result = new StringBuilder(word.length());
        Normalizer.normalize(word, Normalizer.Form.NFD)
                .codePoints()
                .filter(character -> !Characters.isAccent(character))
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    /**
     * Lowers each character by itself: the reference knows no rule that looks at neighbours, such as the final sigma.
     */
    private static String lowerCase(String word) {
        StringBuilder result = new StringBuilder(word.length());
        word.codePoints()
                .forEach(
                        character -> result.append(Character.toString(character).toLowerCase(Locale.ROOT)));
        return result.toString();
    }

    private void addPieces(String word, Ids ids) {
        if (word.isEmpty() || ids.isFull()) {
            return;
        }
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            ids.add(unknown);
            return;
        }
        Ids pieces = new Ids(word.length());
        int from = 0;
        while (from < word.length()) {
            int length = longestPiece(word, from, pieces);
            if (length == 0) {
                ids.add(unknown);
                return;
            }
            from += length;
        }
        ids.addAll(pieces);
    }

    private int longestPiece(String word, int from, Ids pieces) {
        int longest = Math.min(word.length(), from + vocabulary.longestPiece());
        for (int to = longest; to > from; to--) {
            String part = word.substring(from, to);
            int id = vocabulary.find(from == 0 ? part : "##" + part);
            if (id >= 0) {
                pieces.add(id);
                return to - from;
            }
        }
        return 0;
    }
}
