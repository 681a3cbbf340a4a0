package dev.mortise.automatrix.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.profile.IndustryProfile;
import dev.mortise.api.profile.WorkflowTemplate;
import dev.mortise.automatrix.AutomatrixError;
import java.util.List;
import java.util.stream.Stream;

/** Workflow templates of all running industry profiles. */
public final class Templates {
    private final Extensions extensions;

    Templates(Extensions extensions) {
        this.extensions = extensions;
    }

    /**
     * A template in a list.
     *
     * @param profile the industry profile's name
     * @param name the workflow's name
     * @param title for people
     */
    public record Listed(String profile, String name, String title) {}

    List<Listed> list() {
        return extensions.list(IndustryProfile.class).stream()
                .flatMap(profile -> of(profile.name())
                        .map(template -> new Listed(profile.name(), template.name(), template.title())))
                .toList();
    }

    /** Returns the source of a template named {@code profile/name}. */
    String source(String reference) {
        int slash = reference.indexOf('/');
        String profile = slash < 0 ? reference : reference.substring(0, slash);
        String name = reference.substring(slash + 1);
        boolean known = extensions.list(IndustryProfile.class).stream()
                .anyMatch(extension -> extension.name().equals(profile));
        return (known ? of(profile) : Stream.<WorkflowTemplate>empty())
                .filter(template -> template.name().equals(name))
                .findFirst()
                .map(WorkflowTemplate::source)
                .orElseThrow(() -> new MortiseException(
                        AutomatrixError.TEMPLATE_UNKNOWN,
                        "There is no template " + reference,
                        "Install the profile that offers it, or choose one of GET /api/v1/automatrix/templates"));
    }

    private Stream<WorkflowTemplate> of(String profile) {
        return extensions.call(IndustryProfile.class, profile, IndustryProfile::workflows).stream();
    }
}
