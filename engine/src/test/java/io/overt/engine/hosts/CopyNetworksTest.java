package io.overt.engine.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.HostService;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CopyNetworksTest {
  private static List<String> events(TestHosts world, long code) {
    return world.snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .filter(event -> Objects.equals(event.code(), code))
        .map(Event::description)
        .toList();
  }

  @Test
  void bothHostsAreNamedWhenNetworksAreCopiedAndWhenTheyAreNot() {
    try (TestHosts world = TestHosts.open(2)) {
      String source = world.addHost(0);
      String target = world.addHost(1);
      copy(world, source, target);
      assertThat(events(world, 10928))
          .containsExactly("Host host1: has the networks of host0 now.");

      world.machines().host(1).stopAgent();
      world.awaitStatus(target, HostStatus.CONNECTING);
      assertThatThrownBy(() -> copy(world, source, target)).isInstanceOf(ApiFault.class);
      assertThat(events(world, 10927))
          .containsExactly("Host host1: cannot have the networks of host0.");
    }
  }

  private static void copy(TestHosts world, String source, String target) {
    world
        .service(HostService.class, "hosts/" + target)
        .copyHostNetworks(
            new HostService.CopyHostNetworksRequest(
                world.call().with("source_host", new Host().id(source))));
  }
}
