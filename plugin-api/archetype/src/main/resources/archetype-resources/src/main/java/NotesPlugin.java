package ${package};

import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;

/** The main class. The server makes it once per load and gives it to the extensions. */
public final class NotesPlugin extends MortisePlugin {
    private final Notes notes;

    /** Gets the services of the server; what takes time belongs into {@code start()}. */
    public NotesPlugin(PluginContext context) {
        super(context);
        NotesSettings settings = context.settings().as(NotesSettings.class);
        notes = new Notes(context.store(), settings);
    }

    /** Returns the notes of the tenant on whose behalf the caller runs. */
    public Notes notes() {
        return notes;
    }
}
