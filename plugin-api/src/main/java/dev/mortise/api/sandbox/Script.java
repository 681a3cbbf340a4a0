package dev.mortise.api.sandbox;

/**
 * A piece of code and the function in it that is called.
 *
 * @param language what it is written in
 * @param name what places in messages are called by, such as {@code price.js}
 * @param source the text, at most 256 KiB
 * @param entry the function that takes the input and whose result is the outcome; where the script defines none of that
 *     name, {@code input} is a global variable and the value of the last expression is the outcome
 * @since 0.1
 */
public record Script(Language language, String name, String source, String entry) {
    /** The function that is called unless another one is named. */
    public static final String MAIN = "main";

    /** The longest source, in characters. */
    public static final int MOST_CHARACTERS = 256 << 10;

    /** Returns a script whose function is {@code main}. */
    public static Script of(Language language, String name, String source) {
        return new Script(language, name, source, MAIN);
    }
}
