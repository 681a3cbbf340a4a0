package dev.mortise.kernel.config;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Binds a part of the configuration to a record, and says where it does not fit.
 *
 * @param json the mapper of whoever owns the record
 * @param errorCode what a misfit is reported as
 * @param remedy what the reader can do about it
 * @since 0.1
 */
public record RecordBinding(JsonMapper json, ErrorCode errorCode, String remedy) {
    /** Whoever wrote the value knows a duration, and no package of Java. */
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}(?=[A-Z])");

    /** Returns what binds the server's own configuration. */
    static RecordBinding ofServer(ErrorCode errorCode) {
        return new RecordBinding(
                JsonMapper.shared(),
                errorCode,
                "Correct the value; conf/mortise.yaml of the distribution shows what is known");
    }

    /**
     * Binds the values.
     *
     * @param place returns where the value of a path (RFC 6901) stands
     * @throws MortiseException naming the place, the path and the reason; never the value, which may be a secret
     */
    public <T> T bind(JsonNode values, UnaryOperator<String> place, Class<T> type) {
        try {
            return json.readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(values);
        } catch (DatabindException e) {
            JsonPointer path = path(e.getPath());
            throw new MortiseException(
                    errorCode,
                    place.apply(path.toString()) + ": " + dotted(e.getPath()) + ": " + reason(e),
                    remedy,
                    // The cause would repeat the value, which may be a secret.
                    null);
        }
    }

    private static String reason(DatabindException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "is not known here; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case ValueInstantiationException refused
            when refused.getCause() != null -> String.valueOf(refused.getCause().getMessage());
            default ->
                PACKAGE.matcher(String.valueOf(e.getOriginalMessage()))
                        .replaceAll("")
                        .lines()
                        .findFirst()
                        .orElse("cannot be read");
        };
    }

    private static JsonPointer path(List<JacksonException.Reference> references) {
        JsonPointer path = JsonPointer.empty();
        for (JacksonException.Reference reference : references) {
            path = reference.getPropertyName() == null
                    ? path.appendIndex(Math.max(reference.getIndex(), 0))
                    : path.appendProperty(reference.getPropertyName());
        }
        return path;
    }

    private static String dotted(List<JacksonException.Reference> references) {
        return references.isEmpty()
                ? "the content"
                : path(references).toString().substring(1).replace('/', '.');
    }
}
