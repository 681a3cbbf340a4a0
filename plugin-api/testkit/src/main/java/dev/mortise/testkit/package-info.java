/**
 * What tests of a plugin stand on: a real server, with a real PostgreSQL, in the test's own JVM, with the plugin's jar
 * installed. Nothing here imitates a part of the server. Unit tests need none of it.
 *
 * <pre>{@code
 * class NotesIT {
 *     @RegisterExtension
 *     static final MortiseServer server = MortiseServer.withPluginUnderTest().settings("notes: {mostItems: 3}");
 *
 *     @Test
 *     void aNoteIsKept() {
 *         server.post("/api/v1/notes/notes", "{\"text\": \"Buy milk\"}");
 *         assertThat(server.get("/api/v1/notes/notes").body().path("items")).hasSize(1);
 *     }
 *
 *     @Test
 *     void nobodyReadsNotesWithoutThePermission() {
 *         assertThat(server.caller("notes.notes.write").get("/api/v1/notes/notes").status()).isEqualTo(403);
 *     }
 *
 *     @Test
 *     void anotherTenantSeesNothing() {
 *         assertThat(server.tenant("other").get("/api/v1/notes/notes").body().path("items")).isEmpty();
 *     }
 * }
 * }</pre>
 *
 * <p>The contract suites of the extension points ({@code NodeTypeContract}, {@code HttpResourceContract} and others)
 * come along with this kit, in the packages of their points.
 *
 * @since 0.1
 */
@NullMarked
package dev.mortise.testkit;

import org.jspecify.annotations.NullMarked;
