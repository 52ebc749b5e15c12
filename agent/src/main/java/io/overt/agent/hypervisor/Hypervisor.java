package io.overt.agent.hypervisor;

import java.nio.channels.ByteChannel;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A hypervisor that runs transient domains. The domain's XML, with its metadata, is the only
 * durable description of a virtual machine: the agent can be killed at any moment and reads
 * everything back from here.
 *
 * <p>Every method returns within the implementation's own deadline or throws {@link
 * HypervisorException}; a call on a domain that does not exist throws one of kind {@link
 * HypervisorException.Kind#DOMAIN_MISSING}.
 */
public interface Hypervisor
    extends DevicePlugging, GuestAccess, Migrating, SavedStates, AutoCloseable {

  /** The machine and what it can run; may change between calls (networks come and go). */
  NodeFacts facts();

  /** A sample of the machine's load. */
  NodeStatistics nodeStatistics();

  /** Devices of the machine by their name in the hypervisor. */
  Map<String, HostDevice> devices();

  /** All active domains, the agent's own and foreign ones. */
  List<DomainSummary> list();

  /** The domain with this id, if it is active. */
  Optional<DomainSummary> find(UUID domain);

  /**
   * Creates and starts a transient domain.
   *
   * @param domainXml libvirt domain XML with a {@code <uuid>}
   * @throws HypervisorException of kind {@code ALREADY_EXISTS} when a domain with this id or name
   *     is active
   */
  default void create(String domainXml) {
    create(domainXml, false);
  }

  /**
   * The same.
   *
   * @param paused whether its virtual CPUs are to stand still until they are resumed
   */
  void create(String domainXml, boolean paused);

  /** Ends the domain at once. */
  void destroy(UUID domain);

  /** Presses the ACPI power button; the guest decides. */
  void shutdown(UUID domain);

  /** Asks the guest to reboot. */
  void reboot(UUID domain);

  /** Pulls the reset line. */
  void reset(UUID domain);

  /** Stops the virtual CPUs. */
  void suspend(UUID domain);

  /** Lets the virtual CPUs run again. */
  void resume(UUID domain);

  /** The live XML, secrets left out. */
  String xml(UUID domain);

  /**
   * One bulk sample of all active domains. A domain whose monitor did not answer in time is present
   * with {@link DomainStatistics#responsive()} false.
   */
  Map<UUID, DomainStatistics> statistics();

  /**
   * Replaces one metadata element of the live domain.
   *
   * @param namespace the element's namespace
   * @param prefix the prefix to bind to it
   * @param xml the new element, in that namespace
   */
  void setMetadata(UUID domain, String namespace, String prefix, String xml);

  /** What can be done with the images below disks. */
  BlockWork blocks();

  /** A picture of the first screen. */
  Screenshot screenshot(UUID domain);

  /**
   * Connects to the first serial line that the domain offers to this host, on which one at a time
   * is heard. Reads and writes wait, and end when the line is closed or the domain ends.
   *
   * @throws HypervisorException of kind {@code UNSUPPORTED} when it offers none
   */
  ByteChannel serialLine(UUID domain);

  /**
   * Delivers events until the subscription is closed. The events of one domain arrive in order;
   * listeners must not block.
   */
  Subscription listen(HypervisorListener listener);

  @Override
  void close();

  /** Receives events on the hypervisor's own thread. */
  interface HypervisorListener {
    void on(HypervisorEvent event);
  }

  /** Ends the delivery of events. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * An image of a guest's screen.
   *
   * @param mimeType for example {@code image/png}
   * @param base64 the image's bytes in base 64
   */
  record Screenshot(String mimeType, String base64) {

    public static Screenshot of(String mimeType, byte[] bytes) {
      return new Screenshot(mimeType, Base64.getEncoder().encodeToString(bytes));
    }
  }
}
