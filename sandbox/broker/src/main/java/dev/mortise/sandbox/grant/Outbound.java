package dev.mortise.sandbox.grant;

import dev.mortise.api.net.PublicAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the outside. The address is looked at by the resolver that the connection is made with, so that no name
 * can lead to one address when it is checked and to another when it is used (DNS rebinding).
 */
public final class Outbound implements AutoCloseable {
    private static final Timeout TO_CONNECT = Timeout.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 50;

    private final CloseableHttpClient client;

    /** @param privateToo whether addresses that are not public may be reached */
    public Outbound(boolean privateToo) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(privateToo ? SystemDefaultDnsResolver.INSTANCE : new PublicResolver())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(TO_CONNECT)
                                .build())
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .build())
                // Nothing of one script's may be seen by another, and each redirection is looked at.
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("mortise-sandbox")
                .build();
    }

    /**
     * What came back.
     *
     * @param headers by lower-case name; several of one name are joined by commas
     * @param location where a redirection leads
     */
    record Answer(
            int status,
            Map<String, String> headers,
            String text,
            @Nullable String location) {
        /** Returns where to go on, or null when this is the end. */
        @Nullable
        URI redirection(URI from) {
            boolean isOne = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
            try {
                return isOne && location != null ? checked(from.resolve(location)) : null;
            } catch (IllegalArgumentException _) {
                return null; // What cannot be followed is shown to the script as it is.
            }
        }

        private static @Nullable URI checked(URI next) {
            return next.getHost() == null
                            || next.getRawUserInfo() != null
                            || !next.getScheme().matches("https?")
                    ? null
                    : next;
        }

        boolean keepsMethod() {
            return status == 307 || status == 308;
        }
    }

    /**
     * Sends a request.
     *
     * @param mostBytes of the answer's body
     * @param until by {@link System#nanoTime}
     * @throws TooLargeException for a larger one
     * @throws ForbiddenAddressException when the host's name leads to where nobody may go
     * @throws InterruptedIOException when the time is over
     */
    Answer send(HttpUriRequestBase request, int mostBytes, long until) throws IOException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            throw new InterruptedIOException("The time is over");
        }
        Timeout timeout = Timeout.ofMilliseconds(Math.max(1, left / 1_000_000));
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(timeout)
                .setConnectionRequestTimeout(timeout)
                .build());
        return client.execute(request, response -> answer(response, mostBytes, until));
    }

    private static Answer answer(ClassicHttpResponse response, int mostBytes, long until) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(header.getName().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b);
        }
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        return new Answer(
                response.getCode(),
                headers,
                text(response.getEntity(), mostBytes, until),
                location == null ? null : location.getValue());
    }

    private static String text(@Nullable HttpEntity entity, int mostBytes, long until) throws IOException {
        if (entity == null) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream body = entity.getContent()) {
            byte[] piece = new byte[8 << 10];
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                bytes.write(piece, 0, count);
                if (bytes.size() > mostBytes) {
                    throw new TooLargeException();
                }
                if (System.nanoTime() > until) {
                    throw new InterruptedIOException("The time is over");
                }
            }
        }
        ContentType type = ContentType.parseLenient(entity.getContentType());
        Charset charset = type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
        return bytes.toString(charset);
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    /** The answer is larger than is granted. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The name leads to where nobody may go. */
    static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String host) {
            super("The host " + host + " has no public address");
        }
    }

    private static final class PublicResolver implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (!Arrays.stream(addresses).allMatch(PublicAddresses::isPublic)) {
                throw new ForbiddenAddressException(host);
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
