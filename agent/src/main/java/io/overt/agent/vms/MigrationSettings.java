package io.overt.agent.vms;

import java.time.Duration;

/**
 * How guests move between this host and others.
 *
 * @param destination libvirt's URI of another host, in which {@code {host}} stands for its address
 * @param unsafe move guests whose disks the hypervisor does not count as shared
 * @param outgoing at a time, unless the engine says otherwise
 * @param incoming at a time, unless the engine says otherwise
 * @param bandwidth of one move in MiB a second, unless the engine says otherwise
 * @param tick between looks at a move's progress
 * @param retry after a host had no room for another incoming guest
 * @param preparation for which a source waits until the other host is ready
 * @param arrival after which a guest that was announced and did not come is given up
 */
public record MigrationSettings(
    String destination,
    boolean unsafe,
    int outgoing,
    int incoming,
    long bandwidth,
    Duration tick,
    Duration retry,
    Duration preparation,
    Duration arrival) {

  /** VDSM's numbers, with the files that libvirt's TLS client looks for beside VDSM's own. */
  public static final String TLS = "qemu+tls://{host}/system?pkipath=/etc/pki/vdsm/libvirt";

  public static MigrationSettings standard() {
    return new MigrationSettings(
        TLS,
        false,
        2,
        2,
        52,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(90),
        Duration.ofHours(6));
  }

  public MigrationSettings to(String pattern, boolean unsafeToo) {
    return new MigrationSettings(
        pattern, unsafeToo, outgoing, incoming, bandwidth, tick, retry, preparation, arrival);
  }

  public MigrationSettings within(Duration otherTick, Duration otherRetry, Duration otherArrival) {
    return new MigrationSettings(
        destination,
        unsafe,
        outgoing,
        incoming,
        bandwidth,
        otherTick,
        otherRetry,
        preparation,
        otherArrival);
  }

  /** The other hypervisor's URI. */
  String destination(String host) {
    return destination.replace("{host}", host.contains(":") ? "[" + host + "]" : host);
  }
}
