package io.overt.scheduling.balancing;

import static io.overt.scheduling.balancing.PowerManagement.Status.DOWN;
import static io.overt.scheduling.balancing.PowerManagement.Status.MAINTENANCE;
import static io.overt.scheduling.balancing.PowerManagement.Status.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.balancing.PowerManagement.Action;
import io.overt.scheduling.balancing.PowerManagement.Host;
import io.overt.scheduling.balancing.PowerManagement.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PowerManagementTest {
  /** a is busy, b and c are empty. */
  private final Hosts hosts = new Hosts().host("a", 40).host("b", 1).host("c", 1).runs("a", 1);

  @Test
  void doesNothingUnlessAskedTo() {
    assertThat(PowerManagement.decide(hosts.round("HostsInReserve=0"), List.of(up("b")))).isEmpty();
  }

  @Test
  void withoutHostsToWakeTooFewAreEmpty() {
    assertThat(decide(3, up("a"), up("b"), up("c"))).isEmpty();
  }

  @Test
  void ofSeveralThatRestOneIsTurnedOff() {
    assertThat(decide(1, up("b"), resting("x"), resting("y"))).contains(new Action("x", DOWN));
  }

  @Test
  void anEmptyHostGoesToRestWhenThereAreTooMany() {
    assertThat(decide(1, up("a"), up("b"), up("c"), resting("x")))
        .contains(new Action("b", MAINTENANCE));
    Host excepted = new Host("b", UP, false, true, true, true);
    Host unmanaged = new Host("b", UP, false, false, false, true);
    assertThat(decide(1, excepted, up("c"))).contains(new Action("c", MAINTENANCE));
    assertThat(decide(1, unmanaged)).isEmpty();
    hosts.host("b", 1, 0, true);
    assertThat(decide(1, up("b"), up("c"))).contains(new Action("c", MAINTENANCE));
  }

  @Test
  void withEnoughInReserveTheOneThatRestsIsTurnedOff() {
    assertThat(decide(2, up("b"), resting("x"))).contains(new Action("x", DOWN));
    assertThat(decide(2, up("b"), new Host("x", MAINTENANCE, true, true, false, false))).isEmpty();
    assertThat(decide(2, up("b"), new Host("x", MAINTENANCE, false, true, false, true))).isEmpty();
  }

  @Test
  void withTooFewInReserveOneThatRestsComesBackBeforeOneIsStarted() {
    assertThat(decide(3, off("y"), resting("x"))).contains(new Action("x", UP));
    assertThat(decide(3, off("y"))).contains(new Action("y", UP));
    assertThat(decide(3, new Host("y", DOWN, true, true, false, false))).isEmpty();
  }

  private Optional<Action> decide(int reserve, Host... all) {
    return PowerManagement.decide(
        hosts.round("EnableAutomaticHostPowerManagement=true", "HostsInReserve=" + reserve),
        List.of(all));
  }

  private static Host up(String id) {
    return new Host(id, UP, false, true, false, true);
  }

  private static Host resting(String id) {
    return host(id, MAINTENANCE);
  }

  private static Host off(String id) {
    return host(id, DOWN);
  }

  private static Host host(String id, Status status) {
    return new Host(id, status, true, true, false, true);
  }
}
