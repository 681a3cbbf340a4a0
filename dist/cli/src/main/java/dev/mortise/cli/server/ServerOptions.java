package dev.mortise.cli.server;

import dev.mortise.kernel.config.ServerConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that shape a server's configuration, shared by the commands that read it. An option wins over its
 * environment variable, that over the configuration file.
 *
 * @since 0.1
 */
public final class ServerOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder (MORTISE_DATA, or the key data of the configuration).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port; 0 takes any free one (MORTISE_PORT, or the key server.port).")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:MORTISE_CONFIG}",
            description = "The configuration file (MORTISE_CONFIG, or conf/mortise.yaml of the distribution).")
    private @Nullable Path config;

    /**
     * Reads the configuration that these options, the environment and the file make together.
     *
     * @throws dev.mortise.api.error.MortiseException with {@code kernel.configuration}, naming file and line
     */
    public ServerConfiguration read() {
        return ServerConfiguration.read(file(), environment()::get);
    }

    /** Returns which file is read, for people. */
    public String describeFile() {
        Path file = file();
        return file == null ? "no file, defaults only" : file.toString();
    }

    /** Returns the environment with the options laid over it. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        // The configuration file names the distribution's folder by this variable.
        Distribution.find()
                .ifPresent(found -> environment.put("MORTISE_HOME", found.home().toString()));
        if (data != null) {
            environment.put("MORTISE_DATA", data.toString());
        }
        if (port != null) {
            environment.put("MORTISE_PORT", port.toString());
        }
        return environment;
    }

    /** Returns the configuration file; null where there is none and none was asked for. */
    public @Nullable Path file() {
        if (config != null) {
            return config;
        }
        return Distribution.find()
                .map(Distribution::configuration)
                .filter(Files::exists)
                .orElse(null);
    }
}
