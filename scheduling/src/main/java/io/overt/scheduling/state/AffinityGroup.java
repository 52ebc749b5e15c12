package io.overt.scheduling.state;

import java.util.Set;

/**
 * A rule that binds machines to each other, and to hosts.
 *
 * @param priority the higher, the worse it is to break
 * @param machines ids of its members, those by label included
 * @param hosts ids of its hosts, those by label included
 * @param machineRule between the members
 * @param hostRule between the members and the hosts
 */
public record AffinityGroup(
    String id,
    String name,
    double priority,
    Set<String> machines,
    Set<String> hosts,
    Rule machineRule,
    Rule hostRule) {

  /**
   * @param positive together, rather than apart
   * @param enforcing must, rather than should
   */
  public record Rule(boolean enabled, boolean positive, boolean enforcing) {
    public static final Rule DISABLED = new Rule(false, false, false);
  }
}
