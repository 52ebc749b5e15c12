package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.hypervisor.Transfer;
import io.overt.agent.hypervisor.TransferProgress;
import io.overt.agent.xml.Xml;
import io.overt.libvirt.Domain;
import io.overt.libvirt.Flags;
import io.overt.libvirt.JobStatistics;
import io.overt.libvirt.TypedParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Moves guests from libvirtd to libvirtd: the daemons talk to each other, so that the move ends,
 * one way or the other, without this process.
 */
final class LibvirtMigration {

  /** virDomainJobOperation: a migration that came. */
  private static final long INCOMING = 4;

  /** A migration that leaves. */
  private static final long OUTGOING = 5;

  private final LibvirtConnection libvirt;

  LibvirtMigration(LibvirtConnection libvirt) {
    this.libvirt = libvirt;
  }

  String xml(UUID domain) {
    return libvirt.call(connection -> connection.domain(domain).xml(Flags.Xml.MIGRATABLE));
  }

  void run(UUID id, Transfer transfer) {
    libvirt.call(
        connection -> {
          Domain domain = connection.domain(id);
          String secrets = domain.xml(Flags.Xml.SECURE, Flags.Xml.MIGRATABLE);
          domain
              .jobs()
              .migrate(
                  transfer.destination(),
                  parameters(transfer, withTickets(transfer.xml(), secrets)),
                  flags(transfer).toArray(Flags.Migrate[]::new));
          return id;
        });
  }

  /** Whoever has the console's ticket keeps the way in; without one the console stays shut. */
  private static String withTickets(String xml, String secrets) {
    Document document = Xml.parse(xml);
    List<Element> wanted = graphics(document);
    List<Element> present = graphics(Xml.parse(secrets));
    for (int index = 0; index < Math.min(wanted.size(), present.size()); index++) {
      for (String secret : List.of("passwd", "passwdValidTo")) {
        if (present.get(index).hasAttribute(secret)) {
          wanted.get(index).setAttribute(secret, present.get(index).getAttribute(secret));
        }
      }
    }
    return Xml.write(document);
  }

  private static List<Element> graphics(Document domain) {
    return Xml.child(domain.getDocumentElement(), "devices").stream()
        .flatMap(devices -> Xml.children(devices, "graphics").stream())
        .toList();
  }

  private static TypedParameters parameters(Transfer transfer, String xml) {
    TypedParameters.Builder parameters = TypedParameters.builder().text("destination_xml", xml);
    if (!transfer.data().isEmpty() && !transfer.tunnelled()) {
      parameters.text("migrate_uri", transfer.data());
    }
    if (transfer.bandwidth() > 0) {
      parameters.unsignedLong("bandwidth", transfer.bandwidth());
    }
    if (transfer.connections() > 0) {
      parameters.integer("parallel.connections", transfer.connections());
    }
    if (transfer.compressed()) {
      parameters.text("compression", "xbzrle");
    }
    return parameters.build();
  }

  private static List<Flags.Migrate> flags(Transfer transfer) {
    List<Flags.Migrate> flags =
        new ArrayList<>(List.of(Flags.Migrate.LIVE, Flags.Migrate.PEER_TO_PEER));
    add(flags, transfer.tunnelled(), Flags.Migrate.TUNNELLED);
    add(flags, transfer.abortOnError(), Flags.Migrate.ABORT_ON_ERROR);
    add(flags, transfer.autoConverge(), Flags.Migrate.AUTO_CONVERGE);
    add(flags, transfer.compressed(), Flags.Migrate.COMPRESSED);
    add(flags, transfer.encrypted(), Flags.Migrate.TLS);
    add(flags, transfer.postCopy(), Flags.Migrate.POST_COPY);
    add(flags, transfer.connections() > 0, Flags.Migrate.PARALLEL);
    add(flags, transfer.unsafe(), Flags.Migrate.UNSAFE);
    return flags;
  }

  private static void add(List<Flags.Migrate> flags, boolean wanted, Flags.Migrate flag) {
    if (wanted) {
      flags.add(flag);
    }
  }

  Optional<TransferProgress> progress(UUID domain) {
    JobStatistics job = libvirt.call(connection -> connection.domain(domain).jobs().current());
    TypedParameters values = job.values();
    if (job.kind() == JobStatistics.Kind.NONE || values.number("operation", 0) != OUTGOING) {
      return Optional.empty();
    }
    return Optional.of(
        new TransferProgress(
            values.number("data_total", 0),
            values.number("data_remaining", 0),
            values.number("memory_iteration", 0)));
  }

  /** The source's daemon tells it to the destination's. */
  Optional<Duration> stoodStill(UUID domain) {
    TypedParameters values =
        libvirt.call(connection -> connection.domain(domain).jobs().completed()).values();
    long downtime = values.number("downtime", -1);
    return values.number("operation", 0) == INCOMING && downtime >= 0
        ? Optional.of(Duration.ofMillis(downtime))
        : Optional.empty();
  }

  /** A job that was a move which ended well. */
  static Optional<HypervisorEvent> transferred(UUID domain, TypedParameters statistics) {
    return statistics.number("operation", 0) == OUTGOING && statistics.number("success", 1) != 0
        ? Optional.of(
            new HypervisorEvent.Transferred(
                domain, Duration.ofMillis(statistics.number("downtime", 0))))
        : Optional.empty();
  }
}
