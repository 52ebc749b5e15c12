package io.overt.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md: who may use whom. */
class ArchitectureTest {
  private static final JavaClasses OVERT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.overt");

  /** A module by its package, and the modules whose classes it may name. */
  record Module(String name, List<String> mayUse) {
    static Module of(String name, String... mayUse) {
      return new Module(name, List.of(mayUse));
    }

    String[] packages() {
      return Stream.concat(Stream.of(name), mayUse.stream())
          .map(module -> "io.overt." + module + "..")
          .toArray(String[]::new);
    }

    @Override
    public String toString() {
      return mayUse.isEmpty() ? name + " uses nobody" : name + " uses only " + mayUse;
    }
  }

  static Stream<Module> modules() {
    return Stream.of(
        Module.of("model"),
        Module.of("codec", "model"),
        Module.of("inventory", "codec", "model"),
        Module.of("operations", "inventory", "model"),
        Module.of("scheduling", "model"),
        Module.of("units", "scheduling"),
        Module.of("access", "inventory", "model"),
        Module.of("events", "inventory", "model"),
        Module.of("vdsmrpc"),
        Module.of("fleet", "inventory", "events", "vdsmrpc", "model"),
        Module.of("rest", "codec", "access", "model"),
        Module.of(
            "engine",
            "rest",
            "fleet",
            "vdsmrpc",
            "events",
            "access",
            "scheduling",
            "units",
            "operations",
            "inventory",
            "codec",
            "model"),
        Module.of("libvirt"),
        Module.of("sdk"),
        Module.of("shell", "sdk"),
        Module.of("agent", "vdsmrpc", "libvirt"),
        Module.of(
            "bench", "dist", "engine", "inventory", "scheduling", "units", "model", "libvirt"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyWhatIsBelowIt(Module module) {
    assertThat(OVERT.stream().filter(resideInAPackage("io.overt." + module.name() + "..")))
        .as("classes of " + module.name())
        .isNotEmpty();
    noClasses()
        .that()
        .resideInAPackage("io.overt." + module.name() + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.overt..").and(not(resideInAnyPackage(module.packages()))))
        .because("ARCHITECTURE.md says: " + module)
        .check(OVERT);
  }

  @Test
  void whatFeaturesShareKnowsNoFeature() {
    noClasses()
        .that()
        .resideInAPackage("io.overt.engine.resource..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.overt.engine..")
                .and(not(resideInAPackage("io.overt.engine.resource.."))))
        .check(OVERT);
  }

  @Test
  void featuresDoNotDependOnEachOtherInCircles() {
    slices().matching("io.overt.engine.(*)..").should().beFreeOfCycles().check(OVERT);
  }

  @Test
  void onlyTheCompositionRootKnowsTheCompositionRoot() {
    noClasses()
        .that()
        .resideInAPackage("io.overt.engine.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.overt.engine")
        .check(OVERT);
  }

  @Test
  void featuresReadTheSnapshotAndNotTheDatabase() {
    noClasses()
        .that()
        .resideInAPackage("io.overt.engine.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "com.zaxxer..", "org.postgresql..")
        .check(OVERT);
  }

  @Test
  void onlyTheDoorKnowsTheHttpServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.overt.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(OVERT);
  }

  @Test
  void everyPackageSaysWhatItDoes() {
    assertThat(
            OVERT.stream()
                .map(JavaClass::getPackage)
                .filter(found -> found.tryGetPackageInfo().isEmpty())
                .map(found -> found.getName())
                .distinct())
        .as("packages without package-info")
        .isEmpty();
  }
}
