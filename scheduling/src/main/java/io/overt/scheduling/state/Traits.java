package io.overt.scheduling.state;

/**
 * What a host offers or carries, as one word each: a machine that needs some of them can run where
 * all are. One vocabulary serves every filter that asks "does the host have this".
 */
public final class Traits {
  private Traits() {}

  public static String network(String id) {
    return "network:" + id;
  }

  /** The host's display network has an address. */
  public static String display(String networkId) {
    return DISPLAY + networkId;
  }

  /** A name or address by which the host is reached. */
  public static String address(String address) {
    return ADDRESS + address;
  }

  /** Whether a trait is an {@link #address}. */
  public static boolean isAddress(String trait) {
    return trait.startsWith(ADDRESS);
  }

  /** Whether a trait is a {@link #display}. */
  public static boolean isDisplay(String trait) {
    return trait.startsWith(DISPLAY);
  }

  private static final String ADDRESS = "address:";
  private static final String DISPLAY = "display:";

  public static String emulatedMachine(String name) {
    return "machine:" + name;
  }

  public static String compatibility(String version) {
    return "version:" + version;
  }

  /** A flag of the processor, or {@code model_X} for a whole model. */
  public static String cpuFlag(String flag) {
    return "cpu:" + flag;
  }

  public static String hook(String name) {
    return "hook:" + name;
  }

  /** The host holds the leases of that storage domain. */
  public static String lease(String domainId) {
    return "lease:" + domainId;
  }

  public static String device(String name) {
    return "device:" + name;
  }

  /** The part after the kind, for people. */
  public static String name(String trait) {
    return trait.substring(trait.indexOf(':') + 1);
  }
}
