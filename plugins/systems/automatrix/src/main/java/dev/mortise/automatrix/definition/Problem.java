package dev.mortise.automatrix.definition;

/**
 * Something wrong in a workflow's source.
 *
 * @param line from 1
 * @param column from 1
 * @param path where in the structure, such as {@code steps[2].with.text}; empty for the whole
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Problem(int line, int column, String path, String message, String remedy) {
    @Override
    public String toString() {
        String place = path.isEmpty() ? "" : path + ": ";
        return "line " + line + ", column " + column + ": " + place + message + ". " + remedy
                + (remedy.endsWith("?") ? "" : ".");
    }
}
