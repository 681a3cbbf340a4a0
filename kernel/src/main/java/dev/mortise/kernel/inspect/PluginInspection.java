package dev.mortise.kernel.inspect;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.lifecycle.PluginManifest;
import dev.mortise.kernel.migration.MigrationRules;
import dev.mortise.kernel.module.FelixModuleLayer;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.module.ModuleLayer;
import dev.mortise.kernel.store.MigrationScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks a plugin's jar over, in the order in which the server would: manifest, packages, classes, permissions,
 * migrations; then size and licences.
 *
 * @since 0.1
 */
public final class PluginInspection {
    private final List<Finding> findings = new ArrayList<>();

    private PluginInspection() {}

    /**
     * Inspects a jar. Takes about half a second, most of it for the start of a module layer.
     *
     * @param others plugins whose packages it uses, loaded beside it
     * @return what was found; nothing after a refusal that hides the rest
     * @throws UncheckedIOException when the temporary folder cannot be used
     */
    public static List<Finding> of(Path jar, List<Path> others) {
        PluginInspection inspection = new PluginInspection();
        inspection.inspect(jar, others);
        return List.copyOf(inspection.findings);
    }

    private void inspect(Path jar, List<Path> others) {
        PluginManifest manifest;
        try {
            manifest = PluginManifest.read(jar, String.valueOf(jar.getFileName()));
        } catch (MortiseException refused) {
            findings.add(Finding.refused("manifest", refused));
            return;
        }
        findings.add(Finding.fine(
                "manifest",
                manifest.plugin() + (manifest.description().isEmpty() ? "" : ": " + manifest.description())));
        inModuleLayer(layer -> inspectLoaded(jar, others, manifest, layer));
        findings.addAll(JarContent.inspect(jar));
    }

    private void inspectLoaded(Path jar, List<Path> others, PluginManifest manifest, ModuleLayer layer) {
        try {
            others.forEach(layer::load);
            Module module = layer.load(jar);
            findings.add(Finding.fine("packages", "every package that it needs is there"));
            findings.addAll(new PluginClasses(manifest, module.classLoader()).inspect());
            inspectMigrations(manifest, module.textFiles("db/migration", ".sql"));
        } catch (MortiseException refused) {
            findings.add(Finding.refused("packages", refused));
        }
    }

    private void inspectMigrations(PluginManifest manifest, Map<String, String> files) {
        List<MigrationScript> scripts = files.entrySet().stream()
                .map(file -> new MigrationScript(file.getKey(), file.getValue()))
                .toList();
        try {
            scripts.forEach(script -> script.checkName(manifest.plugin().toString()));
        } catch (MortiseException refused) {
            findings.add(Finding.refused("migrations", refused));
            return;
        }
        if (!scripts.isEmpty()) {
            findings.add(Finding.fine("migrations", String.join(", ", files.keySet())));
            scripts.stream()
                    .flatMap(script -> TenantTables.inspect(script).stream())
                    .forEach(findings::add);
            MigrationRules.check(files).stream().map(Finding::refused).forEach(findings::add);
        }
    }

    private static void inModuleLayer(java.util.function.Consumer<ModuleLayer> work) {
        try {
            Path cache = Files.createTempDirectory("mortise-inspect-");
            try (ModuleLayer layer = new FelixModuleLayer(cache)) {
                work.accept(layer);
            } finally {
                FolderTree.delete(cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
