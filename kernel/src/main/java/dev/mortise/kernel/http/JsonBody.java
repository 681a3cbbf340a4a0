package dev.mortise.kernel.http;

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
                throw BodyFault.invalid("The body is empty", null);
            }
            InputCheck.check(value);
            return value;
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw BodyFault.of(e);
        }
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
