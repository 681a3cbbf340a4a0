package dev.mortise.kernel.postgres;

import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a new cluster with its owner role and its database in a scratch folder, and puts it in place by one rename: a
 * start that is killed in between leaves no half cluster behind.
 */
final class ClusterMaker {
    static final String ADMINISTRATOR = "mortise_admin";
    static final String OWNER = "mortise_owner";
    static final String DATABASE = "mortise";

    /** Written into postgresql.conf, where an operator may change them; sized for a small server. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_connections", "60"),
            Map.entry("maintenance_work_mem", "32MB"),
            Map.entry("max_wal_size", "512MB"),
            // Without worker processes for reading: they cost memory and pay off on large scans only.
            Map.entry("io_method", "sync"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("max_logical_replication_workers", "0"),
            Map.entry("wal_level", "replica"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] "),
            Map.entry("log_checkpoints", "off"),
            // A failing statement may carry a secret; its error reaches the caller, the text stays out of the log.
            Map.entry("log_min_error_statement", "panic")));

    private final PostgresFolder folder;
    private final PostgresBinaries binaries;
    private final RunAs runAs;
    private final ServerLog log;

    ClusterMaker(PostgresFolder folder, PostgresBinaries binaries, RunAs runAs, ServerLog log) {
        this.folder = folder;
        this.binaries = binaries;
        this.runAs = runAs;
        this.log = log;
    }

    void make(String administratorPassword) throws IOException, InterruptedException {
        Path scratch = folder.scratch("cluster");
        Path passwordFile = folder.scratch("password");
        try {
            Files.createDirectory(
                    scratch, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            runAs.own(scratch);
            writeSecret(passwordFile, administratorPassword);
            runAs.own(passwordFile);
            run("initdb", initdb(scratch, passwordFile), "");
            run("the set-up of its database", singleUser(scratch), ownerAndDatabase(administratorPassword));
            Files.move(scratch, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderTree.delete(passwordFile);
            FolderTree.delete(scratch);
        }
    }

    /** Returns the administrator's password, made at the first start; only the user that runs Mortise can read it. */
    static String administratorPassword(PostgresFolder folder) throws IOException {
        Path file = folder.passwordFile();
        if (!Files.exists(file)) {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            Path scratch = folder.scratch("superuser");
            writeSecret(scratch, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret, StandardOpenOption.WRITE);
    }

    /** The builtin locale sorts alike on every machine; what the C library or ICU sort changes with their versions. */
    private List<String> initdb(Path scratch, Path passwordFile) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + scratch,
                "--username=" + ADMINISTRATOR,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        SETTINGS.forEach((name, value) -> command.add("--set=" + name + "=" + value));
        return command;
    }

    private List<String> singleUser(Path scratch) {
        return List.of(
                binaries.program("postgres").toString(),
                "--single",
                "-D",
                scratch.toString(),
                "-c",
                "exit_on_error=on",
                "postgres");
    }

    private static String ownerAndDatabase(String administratorPassword) {
        String password =
                new DatabaseAddress("jdbc:postgresql:", ADMINISTRATOR, administratorPassword).derivedPassword(OWNER);
        return """
                CREATE ROLE %1$s LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE PASSWORD '%2$s'
                CREATE DATABASE %3$s OWNER %1$s
                REVOKE CONNECT ON DATABASE %3$s FROM PUBLIC
                """.formatted(OWNER, password, DATABASE);
    }

    private void run(String what, List<String> command, String input) throws IOException, InterruptedException {
        long mark = log.mark();
        Process process = ServerProcess.builder(runAs.command(command), log).start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException brokenPipe) {
            process.waitFor();
        }
        if (process.waitFor() != 0) {
            throw StartFailure.fromLog(
                    "PostgreSQL could not make its data folder (" + what + ")", log.file(), log.since(mark));
        }
    }
}
