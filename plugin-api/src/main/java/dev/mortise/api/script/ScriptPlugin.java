package dev.mortise.api.script;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.sandbox.FetchGrant;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.Limits;
import dev.mortise.api.sandbox.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The main class of every plugin that is made of scripts. It has no code of the plugin's own: it reads the manifest and
 * offers what is in it.
 *
 * @since 0.1
 */
public final class ScriptPlugin extends MortisePlugin {
    private final ScriptManifest manifest;
    private final Grants grants;
    private final List<NamedExtension> extensions = new ArrayList<>();

    /**
     * Reads the manifest; called by the kernel, with the plugin's class loader as the thread's.
     *
     * @throws MortiseException with {@code api.input-invalid} for a manifest that cannot be used
     */
    public ScriptPlugin(PluginContext context) {
        super(context);
        manifest = manifest();
        grants = grants(manifest.granted());
        for (ScriptManifest.Part tool : ScriptManifest.given(manifest.tools())) {
            extensions.add(new ScriptTool(tool, code(tool)));
        }
        for (ScriptManifest.Part node : ScriptManifest.given(manifest.nodes())) {
            extensions.add(new ScriptNode(node, code(node), !grants.equals(Grants.none())));
        }
    }

    @Override
    public List<NamedExtension> extensions() {
        return List.copyOf(extensions);
    }

    private ScriptManifest manifest() {
        try {
            return context().json().readValue(resource(ScriptManifest.FILE), ScriptManifest.class);
        } catch (JacksonException e) {
            throw invalid(ScriptManifest.FILE + ": " + e.getOriginalMessage());
        }
    }

    private ScriptCode code(ScriptManifest.Part part) {
        if (part.name() == null || !part.name().startsWith(context().plugin().id() + ".")) {
            throw invalid("The name \"" + part.name() + "\" does not begin with \""
                    + context().plugin().id() + ".\"");
        }
        if (part.title() == null || part.summary() == null || part.file() == null) {
            throw invalid(part.name() + " lacks title, summary or file");
        }
        Script script = new Script(
                language(part.file()),
                part.file(),
                resource(part.file()),
                part.entry() == null ? Script.MAIN : part.entry());
        return new ScriptCode(context(), script, limits(part), grants);
    }

    private Language language(String file) {
        if (file.endsWith(".js")) {
            return Language.JAVASCRIPT;
        }
        if (file.endsWith(".py")) {
            return Language.PYTHON;
        }
        throw invalid("The file \"" + file + "\" ends neither in .js nor in .py");
    }

    private static Limits limits(ScriptManifest.Part part) {
        Limits limits = Limits.standard();
        if (part.cpuMillis() != null) {
            limits = limits.withCpu(Duration.ofMillis(part.cpuMillis()));
        }
        return part.wallMillis() == null ? limits : limits.withWall(Duration.ofMillis(part.wallMillis()));
    }

    private Grants grants(ScriptManifest.Permissions permissions) {
        Grants granted = Grants.none()
                .withTools(Set.copyOf(ScriptManifest.given(permissions.tools())))
                .withModels(Set.copyOf(ScriptManifest.given(permissions.models())));
        Set<String> hosts = Set.copyOf(ScriptManifest.given(permissions.fetch()));
        if (!hosts.isEmpty()) {
            granted = granted.withFetch(FetchGrant.of(hosts));
        }
        return permissions.state()
                ? granted.withState("plugin:" + context().plugin().id())
                : granted;
    }

    private String resource(String name) {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        try (InputStream content = own.getResourceAsStream(name)) {
            if (content == null) {
                throw invalid("The jar has no " + name);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw invalid(name + " cannot be read: " + e.getMessage());
        }
    }

    private MortiseException invalid(String what) {
        return new MortiseException(
                ApiError.INPUT_INVALID,
                "The script plugin " + context().plugin().id() + " cannot be used: " + what,
                "Mend it and pack it again by `mortise plugin pack`");
    }
}
