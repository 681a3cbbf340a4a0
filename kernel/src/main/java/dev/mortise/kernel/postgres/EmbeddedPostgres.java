package dev.mortise.kernel.postgres;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 in the data folder, started and stopped with the server.
 *
 * <p>It listens on the loopback address only, asks for passwords, and syncs to disk. One that ends and was not asked
 * to, such as for want of memory or of room on the disk, is started again on its port for as long as this is open.
 * After the JVM was killed it goes on running and is adopted by the next start: {@code PR_SET_PDEATHSIG} would stop it
 * with the JVM, but that signal follows the <em>thread</em> that started the process, so it would also stop a healthy
 * server when that thread ends.
 *
 * @since 0.1
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration FAST_STOP = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(5);
    private static final Duration LOG_CHECK = Duration.ofMinutes(1);
    private static final Duration LIFE_CHECK = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final String administratorPassword;
    private final ServerStart start;
    private final ServerLog log;
    private final FileChannel lock;
    private final boolean isAdopted;
    private final Thread logRotation;
    private final Thread guard;
    private volatile PostmasterFile postmaster;

    private EmbeddedPostgres(
            ServerStart.Running running,
            String administratorPassword,
            ServerStart start,
            ServerLog log,
            FileChannel lock) {
        this.postmaster = running.postmaster();
        this.administratorPassword = administratorPassword;
        this.start = start;
        this.log = log;
        this.lock = lock;
        this.isAdopted = running.isAdopted();
        this.logRotation = Thread.ofVirtual().name("postgres-log").unstarted(this::rotateLog);
        this.guard = Thread.ofVirtual().name("postgres-guard").unstarted(this::guard);
    }

    /**
     * Starts the server of this data folder, making it first when there is none, or adopts the one that is running.
     *
     * @throws MortiseException with a {@code kernel.database-…} code that says what is wrong with platform, folder,
     *     disk, rights or version, quoting the last lines of PostgreSQL's log; {@code api.interrupted} when the calling
     *     thread was interrupted
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        try {
            PostgresFolder folder = PostgresFolder.in(dataFolder);
            FileChannel lock = folder.lock();
            try {
                EmbeddedPostgres postgres = start(folder, lock);
                postgres.logRotation.start();
                postgres.guard.start();
                return postgres;
            } catch (Throwable failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException e) {
            throw StartFailure.fromFiles(dataFolder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED, "The start of PostgreSQL was interrupted", "Start the server again", e);
        }
    }

    /**
     * Returns where the database of a data folder is whose server runs, in this process or another one; empty when none
     * does.
     *
     * @throws MortiseException with {@code kernel.database-folder-denied} when the folder cannot be read
     */
    public static Optional<DatabaseAddress> running(Path dataFolder) {
        Path root = dataFolder.toAbsolutePath().normalize().resolve("postgres");
        PostgresFolder folder = new PostgresFolder(root);
        try {
            Optional<PostmasterFile> found = PostmasterFile.read(folder.cluster())
                    .filter(PostmasterFile::isReady)
                    .filter(file -> ClusterProcesses.isRunning(file.pid()));
            if (found.isEmpty() || !Files.exists(folder.passwordFile())) {
                return Optional.empty();
            }
            String password = Files.readString(folder.passwordFile()).strip();
            return Optional.of(address(found.get(), password));
        } catch (IOException e) {
            throw StartFailure.fromFiles(dataFolder, e);
        }
    }

    private static EmbeddedPostgres start(PostgresFolder folder, FileChannel lock)
            throws IOException, InterruptedException {
        ServerLog log = new ServerLog(folder.logFile());
        log.rotateWhenLarge();
        folder.removeLeftovers();
        PostgresBinaries binaries = PostgresBinaries.unpack(folder);
        RunAs runAs = RunAs.choose(binaries);
        String password = ClusterMaker.administratorPassword(folder);
        if (!Files.exists(folder.cluster())) {
            new ClusterMaker(folder, binaries, runAs, log).make(password);
        }
        ServerStart start = new ServerStart(folder, binaries, runAs, log, administrator(password));
        ServerStart.Running running = start.adoptOrStart();
        LOG.info(
                "PostgreSQL {} {} on port {}, process {}",
                binaries.version(),
                running.isAdopted() ? "adopted" : "started",
                running.postmaster().port(),
                running.postmaster().pid());
        return new EmbeddedPostgres(running, password, start, log, lock);
    }

    /** Returns where the database {@code mortise} is and who owns it. */
    public DatabaseAddress address() {
        return address(postmaster, administratorPassword);
    }

    private static DatabaseAddress address(PostmasterFile postmaster, String administratorPassword) {
        return new DatabaseAddress(
                jdbcUrl(postmaster.port(), ClusterMaker.DATABASE),
                ClusterMaker.OWNER,
                administrator(administratorPassword).derivedPassword(ClusterMaker.OWNER));
    }

    /** Returns the same server as its superuser sees it, for backups and tests. */
    public DatabaseAddress administrator() {
        return new DatabaseAddress(
                jdbcUrl(postmaster.port(), "postgres"), ClusterMaker.ADMINISTRATOR, administratorPassword);
    }

    /** Returns the process id of the postmaster. */
    public long pid() {
        return postmaster.pid();
    }

    /** Returns whether the server was already running when this JVM came. */
    public boolean isAdopted() {
        return isAdopted;
    }

    /** Returns whether the server's process lives. */
    public boolean isRunning() {
        return ClusterProcesses.isRunning(postmaster.pid());
    }

    /** Returns where PostgreSQL writes its log. */
    public Path logFile() {
        return log.file();
    }

    /** Stops the server: open transactions are rolled back and everything is written to disk. */
    @Override
    public void close() {
        logRotation.interrupt();
        try (lock) {
            endGuard();
            stop();
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.DATABASE_START_FAILED,
                    "PostgreSQL could not be stopped: " + e,
                    "Stop process " + pid() + " by hand with kill -INT",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while PostgreSQL stops; process {} ends by itself", pid());
        }
    }

    /**
     * Ends the server without writing anything back; its next start recovers from the log. Quicker than {@link #close},
     * for tests that throw the folder away.
     */
    public void abort() {
        try {
            endGuard();
            ServerProcess.signal(pid(), "QUIT");
            ServerProcess.awaitEnd(pid(), IMMEDIATE_STOP);
        } catch (IOException e) {
            LOG.warn("PostgreSQL could not be ended at once: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void stop() throws IOException, InterruptedException {
        if (!isRunning()) {
            return;
        }
        ServerProcess.signal(pid(), "INT");
        if (!ServerProcess.awaitEnd(pid(), FAST_STOP)) {
            LOG.warn("PostgreSQL did not stop within {}; it recovers at its next start", FAST_STOP);
            ServerProcess.signal(pid(), "QUIT");
            ServerProcess.awaitEnd(pid(), IMMEDIATE_STOP);
        }
    }

    private void guard() {
        Duration pause = LIFE_CHECK;
        try {
            while (true) {
                Thread.sleep(pause);
                Duration longer = pause.multipliedBy(2);
                boolean runs = isRunning() || startAgain();
                pause = runs ? LIFE_CHECK : longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean startAgain() throws InterruptedException {
        LOG.warn("PostgreSQL, process {}, has ended and was not asked to; it is started again", pid());
        try {
            postmaster = start.again(postmaster.port());
            LOG.info("PostgreSQL runs again, process {}", pid());
            return true;
        } catch (MortiseException e) {
            LOG.error("PostgreSQL cannot be started again for now: {}", e.describe());
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be started again for now", e);
        }
        return false;
    }

    private void endGuard() throws InterruptedException {
        guard.interrupt();
        guard.join();
    }

    private void rotateLog() {
        try {
            while (true) {
                Thread.sleep(LOG_CHECK);
                log.rotateWhenLarge();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The log of PostgreSQL is no longer rotated: {}", e.toString());
        }
    }

    private static DatabaseAddress administrator(String password) {
        return new DatabaseAddress("jdbc:postgresql:", ClusterMaker.ADMINISTRATOR, password);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
