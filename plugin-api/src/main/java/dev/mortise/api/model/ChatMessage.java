package dev.mortise.api.model;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said
 * @since 0.1
 */
public record ChatMessage(Role role, String content) {
    /** Who speaks. */
    public enum Role {
        /** The operator, setting the rules. */
        SYSTEM,
        /** The person or program that asks. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /** Returns a turn of the operator. */
    public static ChatMessage system(String content) {
        return new ChatMessage(Role.SYSTEM, content);
    }

    /** Returns a turn of the asker. */
    public static ChatMessage user(String content) {
        return new ChatMessage(Role.USER, content);
    }
}
