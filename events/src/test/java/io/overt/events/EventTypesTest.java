package io.overt.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.types.LogSeverity;
import io.overt.model.types.Vm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventTypesTest {
  /** What the engine does not have is numbered beyond it. */
  private static final int OF_OVERT = 100_000;

  private final EventTypes types = EventTypes.current();

  @Test
  void holdsEveryTypeOfTheEngineWithItsCode() {
    assertThat(types.all().stream().filter(type -> type.code() < OF_OVERT)).hasSize(1363);
    EventType started = types.require("USER_RUN_VM");
    assertThat(started.code()).isEqualTo(32);
    assertThat(started.severity()).isEqualTo(LogSeverity.NORMAL);
    assertThat(types.byCode(119)).map(EventType::name).contains("VM_DOWN_ERROR");
    assertThat(types.require("VDC_STOP").resolvedBy()).isEqualTo("VDC_START");
  }

  @Test
  void refusesNamesThatDoNotExist() {
    assertThatThrownBy(() -> types.require("VM_DANCED")).hasMessageContaining("VM_DANCED");
  }

  @Test
  void fillsTheVariablesOfATextInAnyCase() {
    About about = About.object(new Vm().id("1").name("web01")).with("vdsname", "h1");
    assertThat(Messages.resolve(types.require("USER_RUN_VM"), about))
        .isEqualTo("VM web01: up, host h1.");
  }

  @Test
  void missingVariablesReadUnknownExceptOptionalOnes() {
    About about = About.nothing().by("u", "admin@internal-authz").with("VmName", "a");
    assertThat(Messages.resolve(types.require("USER_STOP_VM"), about))
        .isEqualTo("VM a: power cut by admin@internal-authz, was on host <UNKNOWN>.");
  }

  @Test
  void aTypeWithoutTextFallsBackToItsName() {
    EventType silent =
        new EventType(1, "SILENT", LogSeverity.NORMAL, Duration.ZERO, null, null, null);
    assertThat(Messages.resolve(silent, About.nothing())).isEqualTo("SILENT");
  }
}
