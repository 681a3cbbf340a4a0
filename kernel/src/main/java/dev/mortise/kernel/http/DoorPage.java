package dev.mortise.kernel.http;

/** Something that is served beside the resources of kernel and plugins, to a caller who is known. */
public interface DoorPage {
    /** Returns whether the path is this page's. */
    boolean has(String path);

    /** Serves it, to GET and HEAD; other methods are refused before. */
    void serve(Exchange exchange);
}
