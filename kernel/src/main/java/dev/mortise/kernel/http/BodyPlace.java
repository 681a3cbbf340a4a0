package dev.mortise.kernel.http;

/**
 * A place in a JSON body.
 *
 * @param shown for people, such as {@code items[0].name}; empty for the body itself
 * @param pointer the same as a JSON pointer (RFC 6901), such as {@code /items/0/name}
 */
record BodyPlace(String shown, String pointer) {
    /** The body itself. */
    static final BodyPlace BODY = new BodyPlace("", "");

    BodyPlace member(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new BodyPlace(shown.isEmpty() ? name : shown + "." + name, pointer + "/" + escaped);
    }

    BodyPlace element(int index) {
        return new BodyPlace(shown + "[" + index + "]", pointer + "/" + index);
    }
}
