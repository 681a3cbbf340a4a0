package dev.mortise.kernel.module;

import java.util.List;
import java.util.Map;

/** One load of one jar. */
public interface Module {
    /** Returns the class loader; it sees the jar, its nested libraries, and the packages that it imports. */
    ClassLoader classLoader();

    /**
     * Returns the text files directly in a folder of the jar, by file name.
     *
     * @param folder such as {@code db/migration}
     * @param suffix such as {@code .sql}
     */
    Map<String, String> textFiles(String folder, String suffix);

    /** Returns the names of other loaded modules that use packages of this one. */
    List<String> users();

    /** Unloads the module. Nothing may call into it any more. Unloading twice does nothing. */
    void unload();
}
