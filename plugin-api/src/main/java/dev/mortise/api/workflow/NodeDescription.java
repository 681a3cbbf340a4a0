package dev.mortise.api.workflow;

/**
 * What a node type is for.
 *
 * @param title two or three words for the palette
 * @param summary one sentence
 * @param effect what repeating a call would do
 * @since 0.1
 */
public record NodeDescription(String title, String summary, Effect effect) {
    /** Returns a description of a node that computes and changes nothing. */
    public static NodeDescription pure(String title, String summary) {
        return new NodeDescription(title, summary, Effect.NONE);
    }
}
