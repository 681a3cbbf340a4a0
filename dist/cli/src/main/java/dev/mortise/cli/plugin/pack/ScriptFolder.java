package dev.mortise.cli.plugin.pack;

import com.github.zafarkhaja.semver.Version;
import dev.mortise.api.sandbox.Script;
import dev.mortise.api.script.ScriptManifest;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.kernel.lifecycle.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with a script plugin, read and found to be one.
 *
 * @param manifest what it says of itself
 * @param files the manifest and the scripts by their names in the jar
 */
record ScriptFolder(ScriptManifest manifest, SortedMap<String, String> files) {
    /** A typing error in a permission's name must not become a permission that is missing. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws CliException naming file and place of what is wrong */
    static ScriptFolder read(Path folder) {
        String text = text(folder, ScriptManifest.FILE);
        ScriptManifest manifest = parsed(text);
        checkNames(manifest);
        SortedMap<String, String> files = new TreeMap<>();
        files.put(ScriptManifest.FILE, text);
        for (ScriptManifest.Part part : manifest.parts()) {
            files.put(part.file(), script(folder, part));
        }
        return new ScriptFolder(manifest, files);
    }

    private static ScriptManifest parsed(String text) {
        try {
            return STRICT.readValue(text, ScriptManifest.class);
        } catch (JacksonException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.script-manifest",
                            ScriptManifest.FILE + ", line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                            "Correct it there",
                            null),
                    e);
        }
    }

    private static void checkNames(ScriptManifest manifest) {
        if (manifest.id() == null || manifest.version() == null) {
            throw wrong("id and version are missing", "Add \"id\": \"acme-rates\", \"version\": \"1.0.0\"");
        }
        PluginId.problem(manifest.id()).ifPresent(problem -> {
            throw wrong(problem, "Choose another id, such as acme-rates");
        });
        if (Version.tryParse(manifest.version()).isEmpty()) {
            throw wrong("the version \"" + manifest.version() + "\" is no semantic version", "Write it as 1.0.0");
        }
        if (manifest.parts().isEmpty()) {
            throw wrong("there is neither a tool nor a node", "Add one to \"tools\" or \"nodes\"");
        }
        Set<String> names = new HashSet<>();
        for (ScriptManifest.Part part : manifest.parts()) {
            if (part.name() == null || !part.name().matches(manifest.id() + "\\.[a-z][a-z0-9.-]*")) {
                throw wrong(
                        "the name \"" + part.name() + "\" is no word after \"" + manifest.id() + ".\"",
                        "Write it as " + manifest.id() + ".rate");
            }
            if (!names.add(part.name())) {
                throw wrong("the name \"" + part.name() + "\" is there twice", "Give one of them another name");
            }
            if (part.title() == null || part.summary() == null || part.file() == null) {
                throw wrong(part.name() + " lacks title, summary or file", "Add what is missing");
            }
        }
    }

    private static String script(Path folder, ScriptManifest.Part part) {
        String name = part.file();
        if (!name.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\\.(js|py)")) {
            throw wrong(
                    part.name() + ": the file \"" + name + "\" is no path such as rate.js or lib/rate.py",
                    "Keep scripts in the folder, with letters, digits, hyphens and underscores in their names");
        }
        String source = text(folder, name);
        if (source.length() > Script.MOST_CHARACTERS) {
            throw wrong(
                    name + " has " + source.length() + " characters; " + Script.MOST_CHARACTERS + " are allowed",
                    "Keep data out of the script");
        }
        return source;
    }

    private static String text(Path folder, String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw failure("it has no readable " + name + " (" + e.getMessage() + ")", "Check the path", e);
        }
    }

    private static CliException wrong(String what, String remedy) {
        return failure(what, remedy, null);
    }

    private static CliException failure(String what, String remedy, @Nullable Exception cause) {
        return new CliException(
                ExitCode.USAGE,
                new Problem("cli.script-folder", "The folder is no script plugin: " + what, remedy, null),
                cause);
    }
}
