package dev.mortise.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database with a plugin that keeps rows for each tenant. */
@Tag("T1")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TenantsOnTwoNodes {
    static final String TENANTS = "/api/v1/kernel/tenants";

    private final AtomicInteger names = new AtomicInteger();
    final TestKernel one;
    final TestKernel other;

    TenantsOnTwoNodes(@TempDir Path folder) {
        Path jar = PluginJar.of("shelf", "1.0.0")
                .source("test.shelf.ShelfPlugin", PluginJar.mainClass("test.shelf", "ShelfPlugin", ""))
                .source("test.shelf.BookMapper", """
                        package test.shelf;
                        public interface BookMapper { int add(String title); int count(); }
                        """)
                .file("test/shelf/BookMapper.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
                        <mapper namespace="test.shelf.BookMapper">
                          <insert id="add">
                            WITH b AS (INSERT INTO book (title) VALUES (#{title}) RETURNING id)
                            INSERT INTO page (book) SELECT id FROM b
                          </insert>
                          <select id="count" resultType="int">SELECT count(*) FROM page</select>
                        </mapper>
                        """)
                .source("test.shelf.Books", """
                        package test.shelf;
                        import dev.mortise.api.http.*;
                        import jakarta.ws.rs.*;
                        @org.pf4j.Extension @Path("books")
                        public final class Books implements HttpResource {
                            private final dev.mortise.api.plugin.PluginContext context;
                            public Books(dev.mortise.api.plugin.PluginContext context) { this.context = context; }
                            @POST @RequiresPermission("shelf.books.write")
                            public int add(String title) {
                                return context.store().write(BookMapper.class, books -> books.add(title));
                            }
                            @GET @RequiresPermission("shelf.books.read")
                            public int count() { return context.store().read(BookMapper.class, BookMapper::count); }
                        }
                        """)
                .file("db/migration/V1__books.sql", """
                        CREATE TABLE book (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            title     text NOT NULL,
                            PRIMARY KEY (tenant_id, id));
                        CREATE TABLE page (
                            tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                            id        uuid NOT NULL DEFAULT uuidv7(),
                            book      uuid NOT NULL,
                            PRIMARY KEY (tenant_id, id),
                            CONSTRAINT page_of_book FOREIGN KEY (tenant_id, book) REFERENCES book (tenant_id, id)
                                DEFERRABLE INITIALLY IMMEDIATE);
                        CALL mortise.protect('book');
                        CALL mortise.protect('page');
                        """)
                .build(folder);
        DatabaseAddress database = TestDatabase.fresh();
        this.one = TestKernel.node("one", database, folder.resolve("one"), "");
        one.plugins().install(jar);
        this.other = TestKernel.node("other", database, folder.resolve("other"), "");
    }

    @AfterAll
    void stop() {
        other.close();
        one.close();
    }

    /** A tenant and its first key. */
    record Made(String id, String name, String key) {}

    Made make() {
        String name = "t" + names.incrementAndGet();
        TestResponse created = one.post(TENANTS, "{\"name\": \"" + name + "\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return new Made(
                created.body().path("id").asString(),
                name,
                created.body().path("apiKey").asString());
    }

    TestResponse step(Made made, String step) {
        return one.post(TENANTS + "/" + made.name() + "/" + step, "{}");
    }

    TestResponse delete(String name, String grace) {
        return send(one.request(TENANTS + "/" + name + "?grace=" + grace).DELETE());
    }

    TestResponse onOther(String key) {
        return other.send(other.requestAs(key, "/api/v1/shelf/books").build());
    }

    TestResponse as(String key, String method, String path) {
        HttpRequest.BodyPublisher body = method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{\"name\": \"x\"}");
        return send(one.requestAs(key, path).method(method, body));
    }

    TestResponse send(HttpRequest.Builder request) {
        return one.send(request.setHeader("Content-Type", "application/json").build());
    }
}
