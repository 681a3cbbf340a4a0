package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes bodies as JSON with the mapper of one plugin; what Jakarta REST handles by itself is left to it. */
final class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
    private static final List<Class<?>> NOT_JSON =
            List.of(String.class, byte[].class, InputStream.class, Reader.class, File.class, StreamingOutput.class);

    private final JsonMapper json;

    JsonBody(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isJsonType(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isJsonType(type);
    }

    private static boolean isJsonType(Class<?> type) {
        return NOT_JSON.stream().noneMatch(basic -> basic.isAssignableFrom(type));
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        try {
            @Nullable
            Object value = json.readerFor(json.constructType(generic))
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readValue(body);
            if (value == null) {
                throw invalid("The body is empty", null);
            }
            return value;
        } catch (DatabindException e) {
            throw invalid("The body does not fit at \"" + e.getPathReference() + "\": " + firstLine(e), e);
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw invalid("The body is no JSON: " + firstLine(e), e);
        }
    }

    private static MortiseException invalid(String what, @Nullable JacksonException cause) {
        String place = cause == null || cause.getLocation() == null
                ? ""
                : " (line " + cause.getLocation().getLineNr() + ", column "
                        + cause.getLocation().getColumnNr() + ")";
        return new MortiseException(
                KernelError.REQUEST_INVALID, what + place, "Send a JSON body as the API's description asks for", cause);
    }

    private static String firstLine(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream body) {
        if (media.isWildcardType() || media.isCompatible(MediaType.APPLICATION_OCTET_STREAM_TYPE)) {
            headers.putSingle("Content-Type", MediaType.APPLICATION_JSON_TYPE);
        }
        json.writer()
                .without(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .writeValue(body, value);
    }
}
