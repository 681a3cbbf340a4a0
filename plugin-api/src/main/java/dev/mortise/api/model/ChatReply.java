package dev.mortise.api.model;

/**
 * What a model answered.
 *
 * @param model the id of the model that answered, as its vendor calls it
 * @param content the text
 * @param finish why the text ends where it does
 * @param usage what was consumed
 * @since 0.1
 */
public record ChatReply(String model, String content, Finish finish, TokenUsage usage) {
    /** Why a reply ends. */
    public enum Finish {
        /** The model was done. */
        STOP,
        /** The limit of output tokens was reached. */
        LENGTH,
        /** A filter of the vendor cut it. */
        FILTERED
    }
}
