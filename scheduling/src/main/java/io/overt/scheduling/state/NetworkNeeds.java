package io.overt.scheduling.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a machine's plugged interfaces ask of a host.
 *
 * @param traits for {@link Machine.Needs#networks}
 * @param passthrough for {@link Machine.Special#passthroughNetworks}
 */
public record NetworkNeeds(Set<String> traits, List<String> passthrough) {

  /**
   * A plugged interface that has a network.
   *
   * @param external whether somebody else provides the network
   * @param required whether the cluster requires it of all hosts
   * @param physical the network on which an external one stands; null for none
   * @param failover the network that an interface passed through uses during a migration
   * @param passthrough whether the interface is a virtual function of the host's
   */
  public record Interface(
      String network,
      boolean external,
      boolean required,
      @Nullable String physical,
      @Nullable String failover,
      boolean passthrough) {}

  /**
   * @param display the cluster's display network; null for none
   * @param requiredOnly whether only networks that the cluster requires matter, and not the display
   */
  public static NetworkNeeds of(
      Collection<Interface> interfaces, @Nullable String display, boolean requiredOnly) {
    Set<String> traits = new HashSet<>();
    List<String> passthrough = new ArrayList<>();
    for (Interface one : interfaces) {
      if (one.passthrough()) {
        passthrough.add(one.network());
      } else if (requiredOnly ? one.required() : !one.external()) {
        traits.add(Traits.network(one.network()));
      }
      if (one.external() && one.physical() != null) {
        traits.add(Traits.network(one.physical()));
      }
      if (one.failover() != null) {
        traits.add(Traits.network(one.failover()));
      }
    }
    if (display != null && !requiredOnly) {
      traits.add(Traits.display(display));
    }
    return new NetworkNeeds(Set.copyOf(traits), List.copyOf(passthrough));
  }
}
