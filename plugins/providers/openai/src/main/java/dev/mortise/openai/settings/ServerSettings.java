package dev.mortise.openai.settings;

import dev.mortise.api.settings.Setting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One server. Prints without its secrets.
 *
 * @param name what the models' names begin with, in lower case
 * @param baseUrl the address that the paths {@code chat/completions} and {@code embeddings} are below, such as
 *     {@code https://api.openai.com/v1}
 * @param apiKey the key, sent as a bearer token; missing for servers that want none
 * @param chatModels the models to chat with, by the server's names
 * @param embeddingModels the models that embed
 * @param requestTimeout how long a reply may take as a whole, from a second to an hour; missing for a minute
 * @param headers further headers of each request
 * @param legacyTokenLimit whether the limit of a reply is sent as {@code max_tokens}, which OpenAI has replaced by
 *     {@code max_completion_tokens}, for servers that know only the older name
 * @since 0.1
 */
public record ServerSettings(
        @Setting(value = "What the models' names begin with, in lower case.", min = 1) @Nullable
        String name,

        @Setting("The address that chat/completions is below, such as https://api.openai.com/v1.") @Nullable
        URI baseUrl,

        @Setting(value = "The key, sent as a bearer token; none for servers that want none.", secret = true) @Nullable
        String apiKey,

        @Setting("The models to chat with, by the server's names.") @Nullable
        List<String> chatModels,

        @Setting("The models that embed.") @Nullable List<EmbeddingModelSettings> embeddingModels,

        @Setting("How long a reply may take as a whole, PT1S to PT1H; PT1M by default.") @Nullable
        Duration requestTimeout,

        @Setting(value = "Further headers of each request.", secret = true) @Nullable
        Map<String, String> headers,

        @Setting("Whether the limit of a reply is sent as max_tokens, the older name.")
        boolean legacyTokenLimit) {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /**
     * Checks the values and fills in the defaults.
     *
     * @throws IllegalArgumentException when a value is missing or not allowed; the message holds no secret
     */
    public ServerSettings {
        if (!Checks.requireText("The name of a server", name).matches("[a-z][a-z0-9-]{0,30}")) {
            throw new IllegalArgumentException("The server's name \"" + name
                    + "\" must be 1 to 31 lower-case letters, digits and hyphens, beginning with a letter");
        }
        baseUrl = checkedUrl(name, baseUrl);
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        chatModels = chatModels == null ? List.of() : List.copyOf(chatModels);
        chatModels.forEach(model -> Checks.requireText("The id of a chat model", model));
        embeddingModels = embeddingModels == null ? List.of() : List.copyOf(embeddingModels);
        Checks.requireUnique(
                "model of the server \"" + name + "\"",
                Stream.concat(chatModels.stream(), embeddingModels.stream().map(EmbeddingModelSettings::id)));
        requestTimeout = requestTimeout == null ? USUAL_TIMEOUT : requestTimeout;
        if (requestTimeout.compareTo(SHORTEST_TIMEOUT) < 0 || requestTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "The requestTimeout of the server \"" + name + "\" must be from PT1S to PT1H");
        }
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        headers.forEach(ServerSettings::checkHeader);
        checkHeader("Authorization", "Bearer " + apiKey);
    }

    private static URI checkedUrl(@Nullable String name, @Nullable URI url) {
        boolean isWeb =
                url != null && url.getScheme() != null && url.getScheme().matches("(?i)https?");
        if (url == null
                || !isWeb
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException("The baseUrl of the server \"" + name
                    + "\" must be like https://host/v1, without user, query and fragment");
        }
        String text = url.toString();
        return text.endsWith("/") ? url : URI.create(text + "/");
    }

    private static void checkHeader(String header, String value) {
        try {
            HttpRequest.newBuilder().header(header, value);
        } catch (IllegalArgumentException e) {
            // Its message may repeat the value, which may be a secret.
            throw new IllegalArgumentException("The header \"" + header + "\" is not allowed or has a value with "
                    + "characters that a header cannot hold");
        }
    }

    /** Returns the name, never null. */
    @Override
    public String name() {
        return name == null ? "" : name;
    }

    /** Returns the address, ending in a slash, never null. */
    @Override
    public URI baseUrl() {
        return baseUrl == null ? URI.create("") : baseUrl;
    }

    /** Returns the key, if there is one. */
    public Optional<String> key() {
        return Optional.ofNullable(apiKey);
    }

    /** Returns the chat models, never null. */
    @Override
    public List<String> chatModels() {
        return chatModels == null ? List.of() : chatModels;
    }

    /** Returns the embedding models, never null. */
    @Override
    public List<EmbeddingModelSettings> embeddingModels() {
        return embeddingModels == null ? List.of() : embeddingModels;
    }

    /** Returns how long a reply may take, never null. */
    @Override
    public Duration requestTimeout() {
        return requestTimeout == null ? USUAL_TIMEOUT : requestTimeout;
    }

    /** Returns the further headers, never null. */
    @Override
    public Map<String, String> headers() {
        return headers == null ? Map.of() : headers;
    }

    /** Returns whether the key would travel in the clear over a network. */
    public boolean sendsKeyInTheClear() {
        String host = baseUrl().getHost().toLowerCase(Locale.ROOT);
        boolean isLocal = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return apiKey != null && "http".equalsIgnoreCase(baseUrl().getScheme()) && !isLocal;
    }

    /** Returns the name and the address only. */
    @Override
    public String toString() {
        return "ServerSettings[" + name + " at " + baseUrl + "]";
    }
}
