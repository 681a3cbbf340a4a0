package dev.mortise.api.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link IndustryProfile} keeps. A profile's test extends this class and gives the profile. */
@Tag("I1")
public abstract class IndustryProfileContract {
    private static final String SHORT_NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** Returns the profile under test. */
    protected abstract IndustryProfile profile();

    @Test
    void theNameIsAShortWordAndConstant() {
        assertThat(profile().name()).matches(SHORT_NAME).isEqualTo(profile().name());
    }

    @Test
    void theTitleIsForPeople() {
        assertThat(profile().title()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void thereIsAWorkflowToBeginWithAndNamesAreUnique() {
        assertThat(profile().workflows())
                .isNotEmpty()
                .extracting(WorkflowTemplate::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches(SHORT_NAME));
    }

    @Test
    void everyWorkflowHasATitleAndNamesItselfInItsSource() {
        assertThat(profile().workflows()).allSatisfy(template -> {
            assertThat(template.title()).isNotBlank();
            assertThat(template.source()).containsPattern("(?m)^name: *\"?" + template.name() + "\"?\\s*$");
        });
    }
}
