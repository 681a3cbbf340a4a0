package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a cluster that exists to the point where it answers: by adopting its running server or starting one. */
final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);
    /** How long a server that is stopping, or backends of a dead one, may take to go. */
    private static final Duration PREDECESSOR = Duration.ofSeconds(10);
    /** Recovery after a crash may have to read up to max_wal_size of log. */
    private static final Duration READY = Duration.ofMinutes(2);

    private static final int PORT_ATTEMPTS = 3;

    private final PostgresFolder folder;
    private final PostgresBinaries binaries;
    private final RunAs runAs;
    private final ServerLog log;
    private final DatabaseAddress administrator;
    private final ClusterProcesses processes;

    ServerStart(
            PostgresFolder folder,
            PostgresBinaries binaries,
            RunAs runAs,
            ServerLog log,
            DatabaseAddress administrator) {
        this.folder = folder;
        this.binaries = binaries;
        this.runAs = runAs;
        this.log = log;
        this.administrator = administrator;
        this.processes = new ClusterProcesses(folder.cluster());
    }

    /** A server that answers, and whether it ran before. */
    record Running(PostmasterFile postmaster, boolean isAdopted) {}

    Running adoptOrStart() throws IOException, InterruptedException {
        checkVersion();
        Optional<PostmasterFile> predecessor = adopt();
        if (predecessor.isPresent()) {
            return new Running(predecessor.get(), true);
        }
        runAs.own(folder.cluster());
        return new Running(start(this::choosePort), false);
    }

    /** Starts a server that has ended, on the port that everybody knows. */
    PostmasterFile again(int port) throws IOException, InterruptedException {
        Optional<PostmasterFile> running = adopt();
        return running.isPresent() ? running.get() : start(() -> port);
    }

    private void checkVersion() throws IOException {
        Path file = folder.cluster().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new MortiseException(
                    KernelError.DATABASE_FOLDER_CORRUPT,
                    "The folder " + folder.cluster() + " is not a PostgreSQL data folder: it has no PG_VERSION",
                    "Restore the data folder from a backup, or move it away to begin anew");
        }
        String made = Files.readString(file).strip();
        if (!made.equals(binaries.major())) {
            throw new MortiseException(
                    KernelError.DATABASE_VERSION_UNSUPPORTED,
                    "The data folder " + folder.cluster() + " was made by PostgreSQL " + made
                            + " and this server brings PostgreSQL " + binaries.major(),
                    "Start the Mortise version that made the data folder and move its data by a backup");
        }
    }

    /** Returns the running server, or empty when there is none any more and a start is safe. */
    private Optional<PostmasterFile> adopt() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PREDECESSOR.toNanos();
        Optional<PostmasterFile> found = PostmasterFile.read(folder.cluster());
        while (found.isPresent()) {
            PostmasterFile postmaster = found.get();
            boolean isAlive = processes.isPostmaster(postmaster.pid());
            if (isAlive && postmaster.isReady() && answers(postmaster.port())) {
                return found;
            }
            if (!isAlive && !processes.anyLeft()) {
                LOG.info("Process {} is gone; its postmaster.pid is stale and removed", postmaster.pid());
                Files.deleteIfExists(PostmasterFile.in(folder.cluster()));
                return Optional.empty();
            }
            if (System.nanoTime() > deadline) {
                throw stuck(postmaster);
            }
            ServerProcess.pause();
            found = PostmasterFile.read(folder.cluster());
        }
        return Optional.empty();
    }

    private MortiseException stuck(PostmasterFile postmaster) {
        return new MortiseException(
                KernelError.DATABASE_FOLDER_IN_USE,
                "A PostgreSQL that is not ours to use works in " + folder.cluster() + ": process " + postmaster.pid()
                        + " neither answers on port " + postmaster.port() + " nor ends within " + PREDECESSOR,
                "Stop it with: kill -INT " + postmaster.pid());
    }

    private boolean answers(int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + ClusterMaker.DATABASE);
        source.setUser(ClusterMaker.OWNER);
        source.setPassword(administrator.derivedPassword(ClusterMaker.OWNER));
        source.setConnectTimeout(2);
        source.setSocketTimeout(2);
        // SCRAM proves both sides: only our own cluster knows this password's verifier.
        try (Connection connection = source.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            LOG.debug("PostgreSQL on port {} does not answer yet: {}", port, notYet.getMessage());
            return false;
        }
    }

    private interface Port {
        int choose() throws IOException;
    }

    private PostmasterFile start(Port ports) throws IOException, InterruptedException {
        for (int attempt = 1; true; attempt++) {
            int port = ports.choose();
            long mark = log.mark();
            Process process = ServerProcess.builder(runAs.command(serverCommand(port)), log)
                    .start();
            process.getOutputStream().close();
            Optional<PostmasterFile> ready = awaitReady(process);
            if (ready.isPresent()) {
                return ready.get();
            }
            List<String> lines = log.since(mark);
            boolean lostPort = lines.stream().anyMatch(line -> line.contains("could not bind"));
            if (!lostPort || attempt == PORT_ATTEMPTS) {
                throw StartFailure.fromLog(
                        process.isAlive() ? "PostgreSQL was not ready within " + READY : "PostgreSQL did not start",
                        log.file(),
                        lines);
            }
        }
    }

    private List<String> serverCommand(int port) {
        return List.of(
                binaries.program("postgres").toString(),
                "-D",
                folder.cluster().toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
    }

    private Optional<PostmasterFile> awaitReady(Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (process.isAlive()) {
            Optional<PostmasterFile> found = PostmasterFile.read(folder.cluster());
            if (found.isPresent() && found.get().isReady() && found.get().pid() == process.pid()) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                ServerProcess.signal(process.pid(), "INT");
                return Optional.empty();
            }
            try {
                ServerProcess.pause();
            } catch (InterruptedException e) {
                ServerProcess.signal(process.pid(), "INT");
                throw e;
            }
        }
        return Optional.empty();
    }

    /** The same port as last time where it is free, so that notes and dashboards stay right. */
    private int choosePort() throws IOException {
        Path file = folder.portFile();
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            if (text.matches("\\d{4,5}") && ServerProcess.isFree(Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        int port = ServerProcess.freePort();
        Path scratch = folder.scratch("port");
        Files.writeString(scratch, port + "\n");
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
        return port;
    }
}
