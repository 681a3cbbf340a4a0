package dev.mortise.kernel.config;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.cluster.ClusterOptions;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.event.EventOptions;
import dev.mortise.kernel.job.JobOptions;
import dev.mortise.kernel.limit.LimitSettings;
import dev.mortise.kernel.live.LiveOptions;
import dev.mortise.kernel.trace.TraceOptions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The server's configuration. What the command line says wins over the environment, the environment over the file, the
 * file over the defaults.
 */
public final class ServerConfiguration {
    private final YamlDocument document;
    private final ConfigurationFile file;
    private final Function<String, @Nullable String> environment;

    private ServerConfiguration(
            YamlDocument document, ConfigurationFile file, Function<String, @Nullable String> environment) {
        this.document = document;
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads the configuration.
     *
     * @param path the file; null for the defaults alone
     * @throws MortiseException with {@code kernel.configuration}, naming file, line and path
     */
    public static ServerConfiguration read(@Nullable Path path, Function<String, @Nullable String> environment) {
        YamlDocument document = path == null
                ? YamlDocument.parse("defaults", "", environment)
                : YamlDocument.parse(path.toString(), content(path), environment);
        ConfigurationFile file = RecordBinding.ofServer(KernelError.CONFIGURATION)
                .bind(document.root(), document::place, ConfigurationFile.class);
        return new ServerConfiguration(document, file, environment);
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(path, e.toString(), e);
        }
    }

    private static MortiseException unreadable(Path path, String why, IOException cause) {
        return new MortiseException(
                KernelError.CONFIGURATION,
                "The configuration file " + path + " cannot be read: " + why,
                "Check that the file is there and that the server's user may read it",
                cause);
    }

    /** Returns the address to listen on. */
    public String host() {
        return from("MORTISE_HOST", file.server().host(), "127.0.0.1");
    }

    /** Returns the port to listen on; 0 for any that is free. */
    public int port() {
        String text = environment.apply("MORTISE_PORT");
        if (text == null) {
            return file.server().port() == null ? 8420 : file.server().port();
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MortiseException(
                    KernelError.CONFIGURATION,
                    "MORTISE_PORT is \"" + text + "\", which is no number",
                    "Set it to a port from 0 to 65535, or unset it",
                    e);
        }
    }

    /** Returns the data folder. */
    public Path data() {
        return Path.of(from("MORTISE_DATA", file.data(), "data")).toAbsolutePath();
    }

    /** Returns the external database, or empty for the embedded one. */
    public Optional<String> databaseUrl() {
        String url = from("MORTISE_DATABASE_URL", file.database().url(), "");
        return url.isBlank() ? Optional.empty() : Optional.of(url);
    }

    /** Returns the folder of plugins that can be installed by id; the distribution's where nothing else is said. */
    public Path catalogue() {
        Path home = Path.of(from("MORTISE_HOME", null, "."));
        return Path.of(from(
                        "MORTISE_CATALOGUE",
                        file.catalogue(),
                        home.resolve("catalogue").toString()))
                .toAbsolutePath();
    }

    /** Returns the administrator's first key, where the operator chose it; it is used at the first start alone. */
    public Optional<String> adminKey() {
        return Optional.ofNullable(environment.apply("MORTISE_ADMIN_KEY")).filter(key -> !key.isBlank());
    }

    /** Returns how log lines look. */
    public LogFormat logFormat() {
        return file.logging().format() == null ? LogFormat.TEXT : file.logging().format();
    }

    /** Returns the least level that is logged, such as {@code INFO}. */
    public String logLevel() {
        return from("MORTISE_LOG_LEVEL", file.logging().level(), "INFO");
    }

    /** Returns the largest body that an API request may have, in bytes. */
    public long maxBodyBytes() {
        return file.server().maxBodyBytes() == null ? 16L << 20 : file.server().maxBodyBytes();
    }

    /** Returns the origins whose pages may call the API from a browser; none as a rule. */
    public Set<String> corsOrigins() {
        return file.server().corsOrigins() == null
                ? Set.of()
                : Set.copyOf(file.server().corsOrigins());
    }

    /** Returns the largest plugin that can be uploaded, in bytes. */
    public long maxUploadBytes() {
        return file.server().maxUploadBytes() == null
                ? 512L << 20
                : file.server().maxUploadBytes();
    }

    /** Returns the limits of requests. */
    public LimitSettings limits() {
        return file.limits();
    }

    /** Returns how long audit entries are kept; empty for ever. */
    public Optional<Duration> auditKept() {
        return Optional.ofNullable(file.audit().keepDays()).map(Duration::ofDays);
    }

    /** Returns how jobs are run. */
    public JobOptions jobs() {
        JobsSection section = file.jobs();
        JobOptions standard = JobOptions.standard();
        return options(() -> new JobOptions(
                section.threads() == null ? standard.threads() : section.threads(),
                section.heartbeat() == null ? standard.heartbeat() : section.heartbeat(),
                section.keep() == null ? standard.keep() : section.keep()));
    }

    /** Returns how events are delivered. */
    public EventOptions events() {
        EventsSection section = file.events();
        EventOptions standard = EventOptions.standard();
        return options(() -> new EventOptions(
                section.lanes() == null ? standard.lanes() : section.lanes(),
                section.lease() == null ? standard.lease() : section.lease(),
                section.keep() == null ? standard.keep() : section.keep()));
    }

    /** Returns how live topics are shown. */
    public LiveOptions live() {
        LiveSection section = file.live();
        LiveOptions standard = LiveOptions.standard();
        return options(() -> new LiveOptions(
                section.connections() == null ? standard.connections() : section.connections(),
                section.queue() == null ? standard.queue() : section.queue(),
                section.keep() == null ? standard.keep() : section.keep(),
                section.beat() == null ? standard.beat() : section.beat()));
    }

    /** Returns where spans are sent; nowhere as a rule. */
    public TraceOptions traces() {
        return options(file.traces()::options);
    }

    private static <T> T options(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    KernelError.CONFIGURATION,
                    String.valueOf(e.getMessage()),
                    "Correct it in the configuration file",
                    e);
        }
    }

    /** Returns how this node lives among others. */
    public ClusterOptions cluster() {
        ClusterSection given = file.cluster();
        return new ClusterOptions(
                from("MORTISE_NODE_NAME", given.name(), hostName()),
                millis(given.beatMillis(), 2_000),
                millis(given.goneMillis(), 15_000),
                millis(given.leaseMillis(), 10_000),
                millis(given.followMillis(), 90_000),
                millis(given.drainWaitMillis(), -1));
    }

    /** Asking the resolver could take seconds where it is not set up. */
    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? "node" : name;
        } catch (IOException e) {
            return "node";
        }
    }

    private static Duration millis(@Nullable Long given, long standard) {
        return Duration.ofMillis(given == null ? standard : given);
    }

    /** Returns how little room the disk of the data folder may have while this node takes work, in bytes. */
    public long leastFreeBytes() {
        return file.cluster().leastFreeBytes() == null
                ? 64L << 20
                : file.cluster().leastFreeBytes();
    }

    /** Returns what the file says about one plugin. */
    public FileSection plugin(String id) {
        return new FileSection(document.below("/plugins/" + id));
    }

    private String from(String variable, @Nullable String inFile, String standard) {
        String value = environment.apply(variable);
        if (value != null && !value.isBlank()) {
            return value;
        }
        return inFile == null || inFile.isBlank() ? standard : inFile;
    }

    /** How log lines look. */
    public enum LogFormat {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    record ConfigurationFile(
            ServerSection server,
            @Nullable String data,
            DatabaseSection database,
            @Nullable String catalogue,
            LoggingSection logging,
            AuditSection audit,
            JobsSection jobs,
            EventsSection events,
            LiveSection live,
            LimitSettings limits,
            ClusterSection cluster,
            TracesSection traces,
            Map<String, JsonNode> plugins) {
        @SuppressWarnings("NullAway") // Sections that are not in the file arrive as null from the binding.
        ConfigurationFile {
            server = server == null ? new ServerSection(null, null, null, null, null) : server;
            database = database == null ? new DatabaseSection(null) : database;
            logging = logging == null ? new LoggingSection(null, null) : logging;
            audit = audit == null ? new AuditSection(null) : audit;
            jobs = jobs == null ? new JobsSection(null, null, null) : jobs;
            events = events == null ? new EventsSection(null, null, null) : events;
            live = live == null ? new LiveSection(null, null, null, null) : live;
            limits = limits == null ? LimitSettings.standard() : limits;
            cluster = cluster == null ? new ClusterSection(null, null, null, null, null, null, null) : cluster;
            traces = traces == null ? TracesSection.none() : traces;
            plugins = plugins == null ? Map.of() : Map.copyOf(plugins);
        }
    }

    record ServerSection(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable Long maxBodyBytes,
            @Nullable Long maxUploadBytes,
            @Nullable List<String> corsOrigins) {
        ServerSection {
            if (port != null && (port < 0 || port > 65_535)) {
                throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
            }
            if (maxBodyBytes != null && maxBodyBytes < 1024) {
                throw new IllegalArgumentException("maxBodyBytes must be at least 1024, not " + maxBodyBytes);
            }
            for (String origin : corsOrigins == null ? List.<String>of() : corsOrigins) {
                if (!origin.matches("https?://[^/\\s*]+")) {
                    throw new IllegalArgumentException(
                            "corsOrigins has \"" + origin + "\"; an origin looks like https://console.example.com");
                }
            }
        }
    }

    record DatabaseSection(@Nullable String url) {}

    record AuditSection(@Nullable Long keepDays) {
        AuditSection {
            if (keepDays != null && (keepDays < 30 || keepDays > 36_500)) {
                throw new IllegalArgumentException("keepDays must be from 30 to 36500, not " + keepDays);
            }
        }
    }

    record JobsSection(
            @Nullable Integer threads,
            @Nullable Duration heartbeat,
            @Nullable Duration keep) {}

    record EventsSection(
            @Nullable Integer lanes,
            @Nullable Duration lease,
            @Nullable Duration keep) {}

    record LiveSection(
            @Nullable Integer connections,
            @Nullable Integer queue,
            @Nullable Duration keep,
            @Nullable Duration beat) {}

    record ClusterSection(
            @Nullable String name,
            @Nullable Long beatMillis,
            @Nullable Long goneMillis,
            @Nullable Long leaseMillis,
            @Nullable Long followMillis,
            @Nullable Long drainWaitMillis,
            @Nullable Long leastFreeBytes) {}

    record LoggingSection(
            @Nullable LogFormat format, @Nullable String level) {
        LoggingSection {
            if (level != null && !level.matches("(?i)trace|debug|info|warn|error")) {
                throw new IllegalArgumentException("level must be trace, debug, info, warn or error, not " + level);
            }
        }
    }
}
