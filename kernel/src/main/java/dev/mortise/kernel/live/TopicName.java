package dev.mortise.kernel.live;

import java.util.regex.Pattern;

/** The name of a topic: a declared one, alone or followed by a slash and what is meant in particular. */
final class TopicName {
    private static final int LONGEST = 200;
    /** No comma, which parts the topics of an event stream's address. */
    private static final Pattern FORM =
            Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9_-]*)+(/[A-Za-z0-9._~:@/-]+)?");

    private TopicName() {}

    static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** Returns the name under which the topic is declared. */
    static String declared(String topic) {
        int slash = topic.indexOf('/');
        return slash < 0 ? topic : topic.substring(0, slash);
    }
}
