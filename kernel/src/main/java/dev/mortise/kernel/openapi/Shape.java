package dev.mortise.kernel.openapi;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type variables resolved: what a schema is made of.
 *
 * @param raw the class; {@code Object[].class} for every array but {@code byte[]}
 * @param arguments the type arguments, or the component of an array
 * @param nullable whether null, or an empty optional, is a value
 */
record Shape(Class<?> raw, List<Shape> arguments, boolean nullable) {
    static Shape of(Class<?> raw, Shape... arguments) {
        return new Shape(raw, List.of(arguments), false);
    }

    /** Returns the shape of a type as it stands in a declaration of this shape's class. */
    Shape resolve(AnnotatedType type) {
        TypeVariable<?>[] names = raw.getTypeParameters();
        Map<TypeVariable<?>, Shape> variables = new HashMap<>();
        for (int i = 0; i < names.length && i < arguments.size(); i++) {
            variables.put(names[i], arguments.get(i));
        }
        return of(type, variables);
    }

    /** Returns the shape of a type that is declared where there are no type variables, such as a resource method. */
    static Shape of(AnnotatedType type) {
        return of(type, Map.of());
    }

    private static Shape of(AnnotatedType type, Map<TypeVariable<?>, Shape> variables) {
        boolean nullable = type.isAnnotationPresent(Nullable.class);
        return switch (type) {
            case AnnotatedParameterizedType generic -> unwrapped(generic, variables, nullable);
            case AnnotatedArrayType array ->
                array.getType() == byte[].class
                        ? new Shape(byte[].class, List.of(), nullable)
                        : new Shape(
                                Object[].class,
                                List.of(of(array.getAnnotatedGenericComponentType(), variables)),
                                nullable);
            case AnnotatedTypeVariable variable ->
                variables.getOrDefault(variable.getType(), of(Object.class)).orNull(nullable);
            case AnnotatedWildcardType wildcard ->
                of(wildcard.getAnnotatedUpperBounds()[0], variables).orNull(nullable);
            default -> plain((Class<?>) type.getType(), nullable);
        };
    }

    private static Shape unwrapped(
            AnnotatedParameterizedType generic, Map<TypeVariable<?>, Shape> variables, boolean nullable) {
        Class<?> raw = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
        List<Shape> arguments = new ArrayList<>();
        Arrays.stream(generic.getAnnotatedActualTypeArguments())
                .map(argument -> of(argument, variables))
                .forEach(arguments::add);
        return raw == Optional.class ? arguments.getFirst().orNull(true) : new Shape(raw, arguments, nullable);
    }

    private static Shape plain(Class<?> raw, boolean nullable) {
        if (raw == OptionalInt.class) {
            return new Shape(int.class, List.of(), true);
        }
        if (raw == OptionalLong.class) {
            return new Shape(long.class, List.of(), true);
        }
        return raw == OptionalDouble.class
                ? new Shape(double.class, List.of(), true)
                : new Shape(raw, List.of(), nullable);
    }

    Shape orNull(boolean alsoNull) {
        return alsoNull && !nullable ? new Shape(raw, arguments, true) : this;
    }

    Shape notNull() {
        return nullable ? new Shape(raw, arguments, false) : this;
    }

    Shape argument(int index) {
        return index < arguments.size() ? arguments.get(index) : of(Object.class);
    }

    boolean is(Class<?> type) {
        return type.isAssignableFrom(raw);
    }

    /** Returns a name for people, such as {@code PageOfRunView}. */
    String name() {
        StringBuilder name = new StringBuilder(raw.getSimpleName().replace("[]", ""));
        for (int i = 0; i < arguments.size(); i++) {
            name.append(i == 0 ? "Of" : "And").append(arguments.get(i).name());
        }
        return name.toString();
    }
}
