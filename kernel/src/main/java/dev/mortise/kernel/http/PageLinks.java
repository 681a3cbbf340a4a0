package dev.mortise.kernel.http;

import dev.mortise.api.http.Page;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;

/** Adds the address of the next page to a page (RFC 8288, {@code rel="next"}), relative to the server. */
final class PageLinks implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page<?> page) {
            page.next().ifPresent(next -> {
                URI asked = request.getUriInfo().getRequestUri();
                URI address = UriBuilder.fromUri(asked)
                        .replaceQueryParam("after", next)
                        .build();
                String relative = address.getRawPath() + "?" + address.getRawQuery();
                response.getHeaders().add("Link", "<" + relative + ">; rel=\"next\"");
            });
        }
    }
}
