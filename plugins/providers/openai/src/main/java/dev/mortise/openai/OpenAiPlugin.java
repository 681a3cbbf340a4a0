package dev.mortise.openai;

import dev.mortise.api.model.Model;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.api.trace.Tracing;
import dev.mortise.openai.settings.OpenAiSettings;
import dev.mortise.openai.settings.ServerSettings;
import dev.mortise.openai.wire.OpenAiChatModel;
import dev.mortise.openai.wire.OpenAiEmbeddingModel;
import dev.mortise.openai.wire.OpenAiServer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the models out of the settings, on one HTTP client.
 *
 * @since 0.1
 */
public final class OpenAiPlugin extends MortisePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiPlugin.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final OpenAiSettings settings;
    private final HttpClient client;
    private final List<Model> models;

    /** Creates the plugin; called by the kernel. */
    public OpenAiPlugin(PluginContext context) {
        super(context);
        settings = context.settings().as(OpenAiSettings.class);
        client = newClient();
        models = modelsOf(settings, client, context.json(), context.tracing());
    }

    static HttpClient newClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    static List<Model> modelsOf(OpenAiSettings settings, HttpClient client, JsonMapper json, Tracing tracing) {
        return settings.servers().stream()
                .flatMap(server -> modelsOf(server, new OpenAiServer(server, client, json, tracing)))
                .toList();
    }

    private static Stream<Model> modelsOf(ServerSettings settings, OpenAiServer server) {
        return Stream.concat(
                settings.chatModels().stream().map(id -> new OpenAiChatModel(server, id)),
                settings.embeddingModels().stream().map(model -> new OpenAiEmbeddingModel(server, model)));
    }

    List<Model> models() {
        return models;
    }

    @Override
    public void start() {
        if (models.isEmpty()) {
            LOG.info("No models: name servers and their models in the configuration file under plugins.openai.servers,"
                    + " for example {name: main, baseUrl: \"https://api.openai.com/v1\", apiKey: \"${env:OPENAI_API_KEY}\","
                    + " chatModels: [gpt-4.1-mini]}");
        }
        for (ServerSettings server : settings.servers()) {
            LOG.info(
                    "The server {} at {} offers {} chat and {} embedding models",
                    server.name(),
                    server.baseUrl(),
                    server.chatModels().size(),
                    server.embeddingModels().size());
            if (server.sendsKeyInTheClear()) {
                LOG.warn("The key of the server {} travels unencrypted: use https in its baseUrl", server.name());
            }
        }
    }

    @Override
    public void stop() {
        client.shutdownNow();
        client.close();
    }
}
