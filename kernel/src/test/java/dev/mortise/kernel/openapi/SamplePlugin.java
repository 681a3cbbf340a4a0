package dev.mortise.kernel.openapi;

import dev.mortise.kernel.testkit.PluginJar;
import java.nio.file.Path;

/** A plugin whose resource uses everything that a description must tell. */
final class SamplePlugin {
    private SamplePlugin() {}

    static Path build(String version, Path folder) {
        return PluginJar.echo("shop", version)
                .source("test.shop.Payment", """
                        package test.shop;
                        import com.fasterxml.jackson.annotation.*;
                        import dev.mortise.api.http.*;
                        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
                        @JsonSubTypes({@JsonSubTypes.Type(value = Payment.Card.class, name = "card"),
                                @JsonSubTypes.Type(value = Payment.Invoice.class, name = "invoice")})
                        @Described("How an order is paid.")
                        public sealed interface Payment {
                            record Card(String number) implements Payment {}
                            record Invoice(java.time.LocalDate due) implements Payment {}
                        }
                        """)
                .source("test.shop.Order", """
                        package test.shop;
                        import java.time.Instant;
                        import java.util.*;
                        import dev.mortise.api.http.*;
                        import org.jspecify.annotations.Nullable;
                        public record Order(
                                UUID id,
                                @Described("Who ordered") @Example("Ann") @Limited(min = 1, max = 40) String customer,
                                @Nullable String note,
                                Optional<Integer> discount,
                                @Limited(min = 0, max = 3) List<Item> items,
                                Size size,
                                Instant placedAt,
                                Payment payment,
                                Map<String, Long> stock,
                                @Nullable Order replaces) {
                            public enum Size { SMALL, LARGE }
                            public record Item(@Limited(pattern = "[A-Z]{2}-[0-9]+") String sku, @Limited(min = 1, max = 99) int count) {}
                        }
                        """)
                .source("test.shop.Orders", """
                        package test.shop;
                        import jakarta.ws.rs.*;
                        import jakarta.ws.rs.core.*;
                        import dev.mortise.api.http.*;
                        import java.util.*;
                        import org.jspecify.annotations.Nullable;
                        @org.pf4j.Extension @Path("orders")
                        public final class Orders implements HttpResource {
                            private static final Cursors LIST = new Cursors("shop.orders");
                            public Orders(EchoPlugin plugin) {}
                            @GET @RequiresPermission("shop.orders.read") @Described("Lists orders. Newest first.")
                            public dev.mortise.api.http.Page<String> list(@QueryParam("limit") @Limited(min = 1, max = 10) @Nullable Integer limit,
                                    @QueryParam("after") @Nullable String after) {
                                int from = LIST.position(after).map(Integer::valueOf).orElse(0);
                                int most = dev.mortise.api.http.Page.limit(limit, 10);
                                List<String> read = new ArrayList<>();
                                for (int i = from + 1; i <= 7 && read.size() <= most; i++) read.add("order-" + i);
                                return dev.mortise.api.http.Page.of(read, most, order -> LIST.after(order.substring(6)));
                            }
                            @POST @RequiresPermission("shop.orders.write") @Answer(status = 201, type = Order.class, when = "It was placed")
                            public Response place(Order order) { return Response.status(201).entity(order).build(); }
                            @GET @Path("{id: [0-9a-f-]{36}}") @RequiresPermission("shop.orders.read")
                            public Order get(@PathParam("id") UUID id) { throw new NotFoundException(); }
                            @GET @Path("document") @RequiresPermission("shop.orders.read")
                            public Response document(@HeaderParam("If-None-Match") @Nullable IfNoneMatch known) {
                                return IfNoneMatch.answer(known, new EntityTag("v3"), () -> Map.of("text", "hello"));
                            }
                            @PUT @Path("document") @RequiresPermission("shop.orders.write")
                            public Map<String, String> change(@HeaderParam("If-Match") @Nullable IfMatch ifMatch, Map<String, String> body) {
                                IfMatch.demand(ifMatch).check(new EntityTag("v3"));
                                return body;
                            }
                            @GET @Path("old") @RequiresPermission("shop.orders.read") @Deprecated
                            @Sunset(since = "2026-11-01", on = "2027-06-01", successor = "/api/v1/shop/orders")
                            public Map<String, String> old() { return Map.of(); }
                        }
                        """)
                .build(folder);
    }
}
