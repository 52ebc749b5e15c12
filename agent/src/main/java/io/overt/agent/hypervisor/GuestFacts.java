package io.overt.agent.hypervisor;

import java.util.List;

/**
 * A guest as its own agent describes it; what it does not tell is empty.
 *
 * @param hostName as the guest calls itself
 * @param offsetSeconds of its time zone, east of UTC
 */
public record GuestFacts(
    String hostName,
    OperatingSystem system,
    String zone,
    int offsetSeconds,
    List<Interface> interfaces,
    List<User> users,
    List<FileSystem> fileSystems) {

  /** An agent that says nothing. */
  public static final GuestFacts NONE =
      new GuestFacts(
          "", new OperatingSystem("", "", "", "", "", ""), "", 0, List.of(), List.of(), List.of());

  /**
   * @param id for example {@code debian} or {@code mswindows}
   * @param name with its version, for people
   */
  public record OperatingSystem(
      String id, String name, String version, String codename, String kernel, String machine) {}

  /** Addresses are without prefix length. */
  public record Interface(String name, String mac, List<String> inet, List<String> inet6) {}

  /** Somebody who is logged in. */
  public record User(String name, String domain) {}

  /** Sizes in bytes. */
  public record FileSystem(String path, String type, long total, long used) {}
}
