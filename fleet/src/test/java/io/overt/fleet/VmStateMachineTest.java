package io.overt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.fleet.VmStateMachine.Decision;
import io.overt.model.types.VmStatus;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmStateMachineTest {
  @Test
  void aReportOfTheMachinesOwnHostChangesItsState() {
    assertThat(decide(VmStatus.WAIT_FOR_LAUNCH, "h", true, "h", up()))
        .isEqualTo(new Decision.Runs(VmStatus.UP));
    assertThat(decide(VmStatus.UP, "h", false, "h", up())).isEqualTo(new Decision.Keep());
  }

  @Test
  void downIsAStopUnlessAJobIsStartingTheMachine() {
    assertThat(decide(VmStatus.UP, "h", false, "h", down(1, 2, "lost")))
        .isEqualTo(new Decision.Stops(true, "lost"));
    assertThat(decide(VmStatus.UP, "h", false, "h", down(0, 7, "")))
        .isEqualTo(new Decision.Stops(false, ""));
    assertThat(decide(VmStatus.WAIT_FOR_LAUNCH, "h", true, "h", down(1, 1, "no kernel")))
        .isEqualTo(new Decision.StartFailed("no kernel"));
  }

  @Test
  void anotherHostsDownIsNobodysBusiness() {
    assertThat(decide(VmStatus.UP, "h", false, "other", down(0, 4, "")))
        .isEqualTo(new Decision.Keep());
  }

  @Test
  void aMachineThatRunsThoughItShouldBeDownIsAdoptedButNeverTwice() {
    assertThat(decide(VmStatus.DOWN, null, false, "h", up()))
        .isEqualTo(new Decision.Adopt(VmStatus.UP));
    assertThat(decide(VmStatus.UP, "h", false, "other", up())).isEqualTo(new Decision.Keep());
    assertThat(decide(VmStatus.DOWN, null, true, "h", up())).isEqualTo(new Decision.Keep());
  }

  @Test
  void aMachineThatVanishedHasCrashedUnlessItWasPoweringDown() {
    assertThat(VmStateMachine.vanished(VmStatus.POWERING_DOWN, false))
        .isEqualTo(new Decision.Stops(false, ""));
    assertThat(VmStateMachine.vanished(VmStatus.UP, false))
        .isInstanceOfSatisfying(Decision.Stops.class, stops -> assertThat(stops.failed()).isTrue());
    assertThat(VmStateMachine.vanished(VmStatus.WAIT_FOR_LAUNCH, true))
        .isEqualTo(new Decision.Keep());
  }

  private static Decision decide(
      VmStatus current, String host, boolean starting, String reporter, ReportedVm report) {
    return VmStateMachine.decide(current, host, starting, reporter, report);
  }

  private static ReportedVm up() {
    return ReportedVm.of(new Report(Map.of("status", "Up"), Instant.EPOCH));
  }

  private static ReportedVm down(int code, int reason, String message) {
    return ReportedVm.of(
        new Report(
            Map.of(
                "status", "Down", "exitCode", code, "exitReason", reason, "exitMessage", message),
            Instant.EPOCH));
  }
}
