package dev.mortise.dist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.pf4j.PluginManager;

/** Who may know whom, as the plan of the house says. */
@AnalyzeClasses(
        packages = "dev.mortise",
        importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTest.DoNotIncludeTestKits.class})
class HouseRulesTest {
    /** The test kits of other modules come as jars, which ArchUnit does not take for tests. */
    static final class DoNotIncludeTestKits implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String API = "dev.mortise.api..";
    private static final String KERNEL = "dev.mortise.kernel..";
    private static final String CLI = "dev.mortise.cli..";

    /** The annotations that bnd reads are no part of the framework. */
    @ArchTest
    static final ArchRule osgiIsKnownInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mortise.kernel.module..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.osgi.framework..", "org.apache.felix..");

    @ArchTest
    static final ArchRule thePluginManagerOfPf4jIsKnownInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.mortise.kernel.lifecycle..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PluginManager.class);

    @ArchTest
    static final ArchRule theApiKnowsNobody = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.mortise..").and(resideOutsideOfPackages(API)));

    @ArchTest
    static final ArchRule theKernelKnowsTheApiAlone = noClasses()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.mortise..").and(resideOutsideOfPackages(API, KERNEL)));

    @ArchTest
    static final ArchRule pluginsKnowNeitherKernelNorCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages(KERNEL, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KERNEL, CLI);

    @ArchTest
    static final ArchRule pluginsDoNotKnowOneAnother = slices().matching("dev.mortise.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage("dev.mortise.."), resideInAnyPackage(API))
            .ignoreDependency(resideInAnyPackage(CLI), resideInAnyPackage(KERNEL));

    @ArchTest
    static final ArchRule onlyTheCommandLineSpeaksToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule noStaticState =
            fields().that().areStatic().should().beFinal().because("state belongs to an object that somebody closes");

    @ArchTest
    static final ArchRule errorCodesAreEnums = classes()
            .that()
            .implement(dev.mortise.api.error.ErrorCode.class)
            .should()
            .beEnums();
}
