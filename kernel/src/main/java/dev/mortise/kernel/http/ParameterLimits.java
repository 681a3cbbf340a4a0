package dev.mortise.kernel.http;

import dev.mortise.api.http.Limited;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the parameters of operations to what {@link Limited} says of them, before the operation is called. */
final class ParameterLimits implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        List<Rule> rules = Arrays.stream(resource.getResourceMethod().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Limited.class))
                .map(parameter -> new Rule(parameter, parameter.getAnnotation(Limited.class)))
                .toList();
        if (!rules.isEmpty()) {
            context.register(new Check(rules));
        }
    }

    private record Rule(Parameter parameter, Limited limited) {
        void check(ContainerRequestContext request) {
            PathParam inPath = parameter.getAnnotation(PathParam.class);
            QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
            HeaderParam inHeader = parameter.getAnnotation(HeaderParam.class);
            if (inPath != null) {
                check(inPath.value(), request.getUriInfo().getPathParameters().getFirst(inPath.value()));
            } else if (inQuery != null) {
                check(inQuery.value(), request.getUriInfo().getQueryParameters().getFirst(inQuery.value()));
            } else if (inHeader != null) {
                check(inHeader.value(), request.getHeaderString(inHeader.value()));
            }
        }

        private void check(String name, @Nullable String text) {
            InputCheck.parameter(limited, text == null || !isNumber() ? text : number(text), name);
        }

        private boolean isNumber() {
            Class<?> type = parameter.getType();
            return type.isPrimitive() || Number.class.isAssignableFrom(type);
        }

        /** Returns null for what is no number, which the conversion of the parameter refuses. */
        private static @Nullable Number number(String text) {
            try {
                return text.length() > 40 ? null : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    private record Check(List<Rule> rules) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            rules.forEach(rule -> rule.check(request));
        }
    }
}
