package dev.mortise.localembeddings.wordpiece;

/**
 * The classes of characters that BERT's normalizer and pre-tokenizer distinguish. Their definitions are those of the
 * reference implementation (Hugging Face tokenizers, {@code BertNormalizer} and {@code BertPreTokenizer}), which
 * follows {@code BasicTokenizer} in google-research/bert.
 */
final class Characters {
    private Characters() {}

    /** Returns whether the character separates words: those with the property White_Space. */
    static boolean isSpace(int character) {
        return switch (character) {
            case ' ', '\t', '\n', 0x0B, '\f', '\r', 0x85, 0xA0 -> true;
            default -> character > 0xFF && Character.isSpaceChar(character);
        };
    }

    /** Returns whether the normalizer drops the character: controls, formats, private use, and the replacement sign. */
    static boolean isDropped(int character) {
        if (character == 0 || character == 0xFFFD) {
            return true;
        }
        if (character == '\t' || character == '\n' || character == '\r') {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Returns whether the character is a word of its own: the blocks of CJK ideographs, without kana and hangul. */
    static boolean isIdeograph(int character) {
        return character >= 0x3400
                && (character <= 0x4DBF
                        || (character >= 0x4E00 && character <= 0x9FFF)
                        || (character >= 0xF900 && character <= 0xFAFF)
                        || (character >= 0x20000 && character <= 0x2A6DF)
                        || (character >= 0x2A700 && character <= 0x2B73F)
                        || (character >= 0x2B740 && character <= 0x2B81F)
                        || (character >= 0x2B920 && character <= 0x2CEAF)
                        || (character >= 0x2F800 && character <= 0x2FA1F));
    }

    /** Returns whether the character is a mark that stripping accents removes. */
    static boolean isAccent(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    /** Returns whether the character is a word of its own for being punctuation; in ASCII that includes symbols. */
    static boolean isPunctuation(int character) {
        if (character < 0x80) {
            return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
        }
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
