package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stranger does: makes a plugin outside of this repository, builds it with Maven against the artifacts that the
 * distribution carries, and takes it through its whole life in a running server. Every step is a process of its own;
 * the transcript is in {@code target/outside-plugin.txt}.
 */
@Tag("K8")
@Tag("K3")
class OutsidePluginIT {
    private static final Path DISTRIBUTION =
            Path.of(System.getProperty("mortise.distribution")).normalize();
    private static final Path MAVEN = Path.of(System.getProperty("mortise.maven.home"), "bin", "mvn");
    private static final Path LOCAL_REPOSITORY = Path.of(System.getProperty("mortise.maven.repository"));
    private static final Path TRANSCRIPT = Path.of("target", "outside-plugin.txt");
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final String NOTES = "/api/v1/acme-notes/notes";
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\n(package com\\.acme\\.notes;.*?public final class (\\w+).*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final List<String> transcript = new ArrayList<>();

    @Test
    void aPluginMadeOutsideOfTheRepositoryLivesItsWholeLifeInARunningServer() throws IOException {
        Path project = folder.resolve("acme-notes");
        try (ServerUnderTest server = new ServerUnderTest(folder.resolve("data"))) {
            mortise(server, "plugin", "new", project.toString(), "--package", "com.acme.notes");
            addExamplesOfTheGuide(project);
            build(project, "verify");
            Path first = project.resolve("target/acme-notes-1.0.0.jar");
            assertThat(mortise(server, "plugin", "check", first.toString()))
                    .contains("AddNoteNode (NodeType)", "ParrotProvider (ModelProvider)", "can be installed");

            mortise(server, "plugin", "install", first.toString());
            assertThat(add(server, "Buy milk").statusCode()).isEqualTo(201);
            assertThat(texts(server)).containsExactly("Buy milk");
            theGuidesResourcesDoWhatItSays(server);

            secondVersion(project);
            build(project, "package", "-DskipTests");
            mortise(
                    server,
                    "plugin",
                    "update",
                    project.resolve("target/acme-notes-1.1.0.jar").toString());
            assertThat(texts(server)).containsExactly("Buy milk!");
            assertThat(add(server, "Buy bread").statusCode()).isEqualTo(201);

            assertThat(mortise(server, "plugin", "rollback", "acme-notes")).contains("acme-notes 1.0.0 is running");
            assertThat(texts(server))
                    .as("what the newer version kept is there")
                    .containsExactly("Buy bread", "Buy milk");

            assertThat(mortise(server, "plugin", "dev", project.toString(), "--once"))
                    .as("a build of a version that was there already")
                    .contains("acme-notes 1.1.0-dev.")
                    .contains("is live");
            assertThat(texts(server)).containsExactly("Buy bread!", "Buy milk!");

            mortise(server, "plugin", "remove", "acme-notes");
            assertThat(get(server).statusCode()).isEqualTo(404);
            assertThat(server.get("/api/v1/kernel/plugins").path("items")).isEmpty();
        } finally {
            Files.createDirectories(TRANSCRIPT.getParent());
            Files.write(TRANSCRIPT, transcript);
        }
    }

    /** Every complete Java file of the guide is part of the project, so that the guide tells the truth. */
    private void addExamplesOfTheGuide(Path project) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(DISTRIBUTION.resolve("GUIDE.md")));
        int examples = 0;
        while (example.find()) {
            String name = example.group(2);
            Files.writeString(project.resolve("src/main/java/com/acme/notes/" + name + ".java"), example.group(1));
            transcript.add("-- " + name + " of the guide is added");
            examples++;
        }
        assertThat(examples).isGreaterThanOrEqualTo(5);
    }

    private void theGuidesResourcesDoWhatItSays(ServerUnderTest server) throws IOException {
        String milk = JsonMapper.shared()
                .readTree(get(server).body())
                .at("/items/0/id")
                .asString();
        mortise(server, "settings", "set", "acme-notes", "mostCharacters=80");
        assertThat(server.get("/api/v1/acme-notes/rules").path("mostCharacters").asInt())
                .isEqualTo(80);

        assertThat(called(
                                "GET seal",
                                server.send(server.request("/api/v1/acme-notes/seals/" + milk)
                                        .build()))
                        .body())
                .contains("mortise secret set acme-notes seal-key");
        Path key = Files.writeString(folder.resolve("key.txt"), "a key of the test, and long enough");
        mortise(server, "secret", "set", "acme-notes", "seal-key", "--file", key.toString());
        assertThat(server.get("/api/v1/acme-notes/seals/" + milk).path("code").asString())
                .hasSize(64);

        try (Stream<String> screen = server.lines("/api/v1/live/sse?topics=acme-notes.shared")) {
            for (int status : List.of(204, 204, 204, 429)) {
                assertThat(called(
                                        "POST share",
                                        server.send(server.request("/api/v1/acme-notes/shares/" + milk)
                                                .POST(HttpRequest.BodyPublishers.noBody())
                                                .build()))
                                .statusCode())
                        .isEqualTo(status);
            }
            assertTimeoutPreemptively(
                    COMMAND_LIMIT,
                    () -> assertThat(screen.filter(line -> line.contains(milk)).limit(3))
                            .as("what all screens are told")
                            .hasSize(3));
        }
    }

    private void secondVersion(Path project) throws IOException {
        replace(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>1.1.0</version>");
        replace(
                project.resolve("src/main/resources/com/acme/notes/NoteMapper.xml"),
                "SELECT id, text, created_at",
                "SELECT id, text || '!' AS text, created_at");
        transcript.add("-- version 1.1.0: notes are read with an exclamation mark");
    }

    private static void replace(Path file, String what, String by) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, by));
    }

    /** Nothing is downloaded that the running build has already, and nothing is written to its repository. */
    private void build(Path project, String... goals) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                MAVEN.toString(),
                                "-B",
                                "-ntp",
                                "-q",
                                "-Dmaven.repo.local=" + folder.resolve("m2"),
                                "-Dmaven.repo.local.tail=" + DISTRIBUTION.resolve("repository") + ","
                                        + LOCAL_REPOSITORY),
                        Stream.of(goals))
                .toList();
        run(project, BUILD_LIMIT, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }

    private String mortise(ServerUnderTest server, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/mortise").toString()));
        command.addAll(List.of(arguments));
        return run(folder, COMMAND_LIMIT, server.clientEnvironment(), command);
    }

    private String run(Path where, Duration limit, Map<String, String> environment, List<String> command)
            throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().put("MORTISE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        int exitCode = ServerUnderTest.await(process, limit);
        String said = Files.readString(out);
        transcript.add(String.format("$ %s", String.join(" ", command)));
        transcript.add(said.strip());
        transcript.add(String.format(
                "-- exit code %d after %d ms", exitCode, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
        assertThat(exitCode).as(said).isZero();
        return said;
    }

    private HttpResponse<String> add(ServerUnderTest server, String text) throws IOException {
        String body = JsonMapper.shared().createObjectNode().put("text", text).toString();
        return called(
                "POST " + NOTES + " " + body,
                server.send(server.request(NOTES)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build()));
    }

    private HttpResponse<String> get(ServerUnderTest server) throws IOException {
        return called("GET " + NOTES, server.send(server.request(NOTES).build()));
    }

    private List<String> texts(ServerUnderTest server) throws IOException {
        JsonNode page = JsonMapper.shared().readTree(get(server).body());
        return page.path("items")
                .valueStream()
                .map(note -> note.path("text").asString())
                .toList();
    }

    private HttpResponse<String> called(String what, HttpResponse<String> answer) {
        transcript.add("> " + what);
        transcript.add(answer.statusCode() + " " + answer.body());
        return answer;
    }
}
