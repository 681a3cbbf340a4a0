package dev.mortise.automotive;

import dev.mortise.api.profile.IndustryProfile;
import dev.mortise.api.profile.WorkflowTemplate;
import java.util.List;
import org.pf4j.Extension;

/**
 * The profile {@code automotive} with the workflow {@code service-intake}.
 *
 * @since 0.1
 */
@Extension
public final class AutomotiveProfile implements IndustryProfile {
    private final WorkflowTemplate intake;

    /** Creates the profile; called by the kernel. */
    public AutomotiveProfile() {
        String file = "service-intake.yaml";
        String source = BundledYaml.text(AutomotiveProfile.class, file).orElseThrow(() -> BundledYaml.missing(file));
        intake = new WorkflowTemplate("service-intake", "Service advisor intake", source);
    }

    @Override
    public String name() {
        return "automotive";
    }

    @Override
    public String title() {
        return "Automotive retail and service";
    }

    @Override
    public List<WorkflowTemplate> workflows() {
        return List.of(intake);
    }
}
