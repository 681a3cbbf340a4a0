package dev.mortise.automatrix.http;

/** How much is given out at once. */
final class Limits {
    static final int MOST_ITEMS = 200;

    private Limits() {}
}
