package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.worker.guest.Dialect;
import dev.mortise.sandbox.worker.lock.Resource;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the worker is told by system properties; the README of this module lists them.
 *
 * @param dialect what it runs
 * @param locks whether it gives up its system calls
 * @param trains whether it only warms up, so that the JVM can record what that takes
 * @param unpacks where it only writes the language's own library to, for the build
 * @param limits of the process
 */
record Settings(Dialect dialect, boolean locks, boolean trains, Optional<Path> unpacks, Map<Resource, Long> limits) {
    private static final String PREFIX = "mortise.worker.";

    static Settings ofSystem() {
        return new Settings(
                Dialect.valueOf(property("language", "javascript").toUpperCase(Locale.ROOT)),
                switch (property("lock", "seccomp")) {
                    case "seccomp" -> true;
                    case "none" -> false;
                    default -> throw new IllegalArgumentException("mortise.worker.lock is seccomp or none");
                },
                Boolean.parseBoolean(property("train", "false")),
                Optional.ofNullable(System.getProperty(PREFIX + "unpack")).map(Path::of),
                limitsOfSystem());
    }

    private static Map<Resource, Long> limitsOfSystem() {
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        limits.put(Resource.FILE_SIZE, 0L);
        limits.put(Resource.CORE, 0L);
        add(limits, Resource.DATA, "data");
        add(limits, Resource.FILES, "files");
        add(limits, Resource.CPU, "cpu");
        add(limits, Resource.PROCESSES, "processes");
        return limits;
    }

    private static void add(Map<Resource, Long> limits, Resource resource, String name) {
        Long value = Long.getLong(PREFIX + name);
        if (value != null) {
            limits.put(resource, value);
        }
    }

    private static String property(String name, String otherwise) {
        return System.getProperty(PREFIX + name, otherwise);
    }
}
