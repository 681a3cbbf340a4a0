package dev.mortise.kernel.setting;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.api.task.Background;
import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.module.Module;
import dev.mortise.kernel.secret.SecretChange;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.Notifications;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings room, wired.
 *
 * @since 0.1
 */
public final class SettingsRoom implements AutoCloseable {
    private static final String OWN = "kernel";

    private final Schemas schemas = new Schemas();
    private final OpenSettings open = new OpenSettings();
    private final ServerConfiguration configuration;
    private final SecretSource secrets;
    private final CurrentDocuments documents;
    private final SettingsDesk desk;
    private final Notifications.Subscription secretChanges;

    private SettingsRoom(
            ServerConfiguration configuration,
            SecretSource secrets,
            SettingStore store,
            Database database,
            TenantId operator) {
        this.configuration = configuration;
        this.secrets = secrets;
        this.secretChanges = database.notifications()
                .listen(
                        SecretChange.TOPIC,
                        change -> change.ifPresentOrElse(
                                payload -> SecretChange.parse(payload)
                                        .ifPresent(parsed -> open.secretChanged(
                                                parsed, parsed.tenant().equals(operator))),
                                open::anySecretMayHaveChanged));
        this.documents = new CurrentDocuments(store, database.notifications(), open::changed);
        this.desk = new SettingsDesk(open, documents, store);
    }

    /**
     * Opens the room and begins to listen for changes.
     *
     * @param audit records changes, within the kernel's open transaction
     * @param operator the tenant whose secrets the settings of the whole server name
     * @param secrets where the secrets are that settings name
     */
    public static SettingsRoom open(
            Database database,
            Audit audit,
            ServerConfiguration configuration,
            TenantId operator,
            SecretSource secrets) {
        return new SettingsRoom(configuration, secrets, new SettingStore(database.kernel(), audit), database, operator);
    }

    /**
     * Opens the settings of one load of a plugin.
     *
     * @param json the plugin's own mapper
     * @param background where its watches run
     * @throws MortiseException with {@code kernel.settings-schema} when the jar declares what is no schema
     */
    public PluginSettings open(PluginInfo plugin, Module module, JsonMapper json, Background background) {
        @Nullable String text = module.textFiles("/", Schemas.FILE).get(Schemas.FILE);
        @Nullable DeclaredSchema declared = text == null ? null : schemas.read(plugin.toString(), text);
        Declaration declaration = new Declaration(plugin.id(), configuration.plugin(plugin.id()), schemas, declared);
        PluginSettings settings = new PluginSettings(
                declaration,
                documents,
                new SettingsBinding(json, module.classLoader(), secrets),
                background,
                open::remove);
        open.add(settings);
        return settings;
    }

    /**
     * Opens settings of the kernel's own, under the name {@code kernel}, which no plugin can have.
     *
     * @param type what declares them
     */
    public PluginSettings openOwn(Class<? extends Record> type, JsonMapper json) {
        Declaration declaration = new Declaration(OWN, configuration.plugin(OWN), schemas, null);
        PluginSettings settings = new PluginSettings(
                declaration,
                documents,
                new SettingsBinding(json, type.getClassLoader(), secrets),
                (name, _) -> {
                    throw new IllegalStateException("The kernel's own settings are read, not watched: " + name);
                },
                open::remove);
        settings.expect(type);
        open.add(settings);
        return settings;
    }

    /** Returns what serves settings over HTTP. */
    public List<HttpResource> resources() {
        return List.of(new SettingsResource(desk), new TenantSettingsResource(desk));
    }

    @Override
    public void close() {
        secretChanges.close();
        documents.close();
    }
}
