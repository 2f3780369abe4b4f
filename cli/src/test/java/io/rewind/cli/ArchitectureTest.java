package io.rewind.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of modules in docs/design.md, and the naming rules, as the compiled classes have them. */
class ArchitectureTest {
    private static final String[] GENERATED = {"io.rewind.event..", "io.rewind.read.."};
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.rewind");

    @ParameterizedTest
    @CsvSource({"capture", "encoder", "store", "restore"})
    void servicesNeverDependOnEachOther(String service) {
        String[] others = Set.of("capture", "encoder", "store", "restore", "cli").stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.rewind." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.rewind." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void runtimeKnowsNothingOfRewind() {
        noClasses()
                .that()
                .resideInAPackage("io.rewind.runtime..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.rewind..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("io.rewind.runtime..")))
                .check(ALL);
    }

    @Test
    void schemasAndImagesDependOnNothingAboveRuntime() {
        noClasses()
                .that()
                .resideInAnyPackage("io.rewind.schemas..", "io.rewind.event..", "io.rewind.read..", "io.rewind.criu..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.rewind.capture..",
                        "io.rewind.encoder..",
                        "io.rewind.store..",
                        "io.rewind.restore..",
                        "io.rewind.cli..")
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.rewind.runtime.(*)..", "io.rewind.schemas.(*)..", "io.rewind.criu.(*)..", "io.rewind.capture.(*)..",
                "io.rewind.encoder.(*)..", "io.rewind.store.(*)..", "io.rewind.restore.(*)..", "io.rewind.cli.(*).."
            })
    void packagesFormNoCycle(String packages) {
        slices().matching(packages)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void onlyTheCommandLineKnowsTheBroker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.rewind.cli.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..")
                .check(ALL);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(GENERATED)
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..internals..", "..impl..", "..helper..")
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .resideOutsideOfPackages(GENERATED)
                .should(resideInANullMarkedPackage())
                .check(ALL);
    }

    @Test
    void theRulesSeeTheClasses() {
        Set<String> modules = new HashSet<>();
        ALL.forEach(each -> modules.add(each.getPackageName().split("\\.")[2].toLowerCase(Locale.ROOT)));
        Assertions.assertThat(modules).contains("runtime", "schemas", "cli", "event");
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass each, ConditionEvents events) {
                JavaPackage home = each.getPackage();
                boolean marked = home.isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(each, marked, each.getName() + " is not in a @NullMarked package"));
            }
        };
    }
}
