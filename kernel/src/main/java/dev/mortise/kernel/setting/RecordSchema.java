package dev.mortise.kernel.setting;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.mortise.api.settings.Setting;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a schema out of a record and its {@link Setting} annotations. Nothing is required: what is missing reaches the
 * record's constructor as null. Types that are neither records nor plain values are left to the binding.
 */
final class RecordSchema {
    static final String FOR_TENANTS = "x-tenant";
    static final String SECRET = "x-secret";

    private static final Map<Class<?>, String> TEXTS = Map.of(
            Duration.class, "duration",
            Period.class, "duration",
            URI.class, "uri-reference",
            ZoneId.class, "",
            Locale.class, "");

    private RecordSchema() {}

    /** Returns whether tenants may set anything of the record. */
    static boolean isForTenants(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getAnnotation(Setting.class))
                .anyMatch(setting -> setting != null && setting.tenant());
    }

    /** Generates the schema. The generator is used once: it would keep the plugin's classes. */
    static ObjectNode of(Class<? extends Record> type) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.ADDITIONAL_FIXED_TYPES,
                        Option.STANDARD_FORMATS,
                        Option.FLATTENED_ENUMS_FROM_TOSTRING,
                        Option.FLATTENED_OPTIONALS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.PLAIN_DEFINITION_KEYS,
                        Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS,
                        Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS)
                .without(Option.FLATTENED_ENUMS);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(RecordSchema::definition)
                .withAdditionalPropertiesResolver((scope, context) -> scope.getType()
                                .getErasedType()
                                .isRecord()
                        ? context.getGeneratorConfig().createObjectNode().booleanNode(false)
                        : null);
        annotate(config.forFields());
        return new SchemaGenerator(config.build()).generateSchema(type);
    }

    private static void annotate(SchemaGeneratorConfigPart<FieldScope> fields) {
        fields.withPropertyNameOverrideResolver(RecordSchema::renamed)
                .withDescriptionResolver(
                        field -> setting(field).map(Setting::value).orElse(null))
                .withStringPatternResolver(field -> setting(field)
                        .map(Setting::pattern)
                        .filter(pattern -> !pattern.isEmpty())
                        .orElse(null))
                .withNumberInclusiveMinimumResolver(field -> bound(field, true, RecordSchema::isNumber))
                .withNumberInclusiveMaximumResolver(field -> bound(field, false, RecordSchema::isNumber))
                .withStringMinLengthResolver(field -> count(bound(field, true, CharSequence.class::isAssignableFrom)))
                .withStringMaxLengthResolver(field -> count(bound(field, false, CharSequence.class::isAssignableFrom)))
                .withArrayMinItemsResolver(field -> count(bound(field, true, Collection.class::isAssignableFrom)))
                .withArrayMaxItemsResolver(field -> count(bound(field, false, Collection.class::isAssignableFrom)))
                .withInstanceAttributeOverride((attributes, field, _) -> mark(attributes, field));
    }

    private static void mark(ObjectNode attributes, FieldScope field) {
        setting(field).ifPresent(setting -> {
            if (setting.tenant()) {
                attributes.put(FOR_TENANTS, true);
            }
            if (setting.secret()) {
                attributes.put(SECRET, true);
            }
        });
    }

    private static Optional<Setting> setting(FieldScope field) {
        // What stands at a list is about the list, not about its elements.
        return field.isFakeContainerItemScope()
                ? Optional.empty()
                : Optional.ofNullable(field.getAnnotationConsideringFieldAndGetter(Setting.class));
    }

    private static @Nullable String renamed(FieldScope field) {
        JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        return property == null || property.value().isEmpty() ? null : property.value();
    }

    private static @Nullable BigDecimal bound(FieldScope field, boolean least, Predicate<Class<?>> fits) {
        ResolvedType type = field.getType();
        if (type == null || !fits.test(type.getErasedType())) {
            return null;
        }
        return setting(field)
                .map(setting -> least ? setting.min() : setting.max())
                .filter(Double::isFinite)
                .map(number -> new BigDecimal(
                        BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()))
                .orElse(null);
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    private static @Nullable Integer count(@Nullable BigDecimal number) {
        return number == null ? null : number.intValue();
    }

    private static @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        @Nullable String format = TEXTS.get(raw);
        if (format != null) {
            schema.put("type", "string");
            return new CustomDefinition(format.isEmpty() ? schema : schema.put("format", format), true);
        }
        boolean isOther = raw == Object.class || JsonNode.class.isAssignableFrom(raw) || isUnknownClass(raw);
        return isOther ? new CustomDefinition(schema, true) : null;
    }

    private static boolean isUnknownClass(Class<?> raw) {
        boolean isPlain = raw.isPrimitive() || raw.isArray() || raw.isRecord() || raw.isEnum();
        boolean isContainer =
                Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw == Optional.class;
        return !isPlain && !isContainer && !raw.getName().startsWith("java.");
    }
}
