package dev.mortise.kernel.limit;

import dev.mortise.api.limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The limits in force for one tenant, by name: {@code tenant}, {@code user}, {@code key}, {@code endpoint <operation>},
 * {@code plugin <id> <name>}.
 *
 * @param rates those that are known; plugins' only where the operator set one
 * @param overridden names of those that the operator set for this tenant
 * @param endpoints the patterns of the operations that have a limit
 */
record TenantLimits(Map<String, Rate> rates, List<String> overridden, Map<String, OperationPattern> endpoints) {
    static final String TENANT = "tenant";
    static final String USER = "user";
    static final String KEY = "key";
    static final String ENDPOINT = "endpoint ";
    static final String PLUGIN = "plugin ";

    static TenantLimits of(LimitSettings settings, List<LimitMapper.TenantRate> overrides) {
        Map<String, Rate> rates = new LinkedHashMap<>();
        rates.put(TENANT, settings.tenant().rate());
        rates.put(USER, settings.user().rate());
        rates.put(KEY, settings.key().rate());
        settings.endpoints()
                .forEach(each -> rates.put(
                        ENDPOINT + each.operation(), new LimitSettings.Quota(each.requests(), each.seconds()).rate()));
        List<String> overridden = new ArrayList<>();
        overrides.forEach(each -> {
            rates.put(each.name(), new Rate(each.permits(), Duration.ofSeconds(each.seconds())));
            overridden.add(each.name());
        });
        Map<String, OperationPattern> endpoints = new LinkedHashMap<>();
        rates.keySet().stream()
                .filter(name -> name.startsWith(ENDPOINT))
                .forEach(name -> endpoints.put(name, OperationPattern.parse(name.substring(ENDPOINT.length()))));
        return new TenantLimits(rates, overridden, endpoints);
    }

    /** Returns the names of the endpoints' limits that a request falls under. */
    List<String> endpointsOf(String method, String path) {
        if (endpoints.isEmpty()) {
            return List.of();
        }
        List<String> segments = OperationPattern.segmentsOf(path);
        return endpoints.entrySet().stream()
                .filter(entry -> entry.getValue().matches(method, segments))
                .map(Map.Entry::getKey)
                .toList();
    }
}
