package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.vms.Peers.PeerException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source says to the agent of the host that its guest moves to, and hears from it. */
final class DestinationAgent {

  private static final Logger log = LoggerFactory.getLogger(DestinationAgent.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Scripts over there may take so long before a guest that runs is shown up. */
  private static final Duration LANDING = Duration.ofSeconds(90);

  private final UUID guest;
  private final MigrationRequest request;
  private final Migrations.Parts parts;
  private volatile long waitedSince;

  DestinationAgent(UUID guest, MigrationRequest request, Migrations.Parts parts) {
    this.guest = guest;
    this.request = request;
    this.parts = parts;
  }

  /** What the other host says of the guest. */
  enum Presence {
    RUNS,
    /** It is announced there; one that has just arrived is shown so for a while. */
    LANDING,
    /** It is not there, or was announced and did not arrive. */
    ABSENT,
    /** There was no answer. */
    UNKNOWN
  }

  /**
   * Announces the guest, again and again while there is no room.
   *
   * @param media of its drives, in base 64
   * @return the XML with which it can run over there
   * @throws PeerException when it is turned away, or not wanted any more while there is no room
   */
  String announce(
      String xml, Map<String, String> media, BooleanSupplier unwanted, Consumer<Duration> pause) {
    try (Peers.Peer peer = connect()) {
      peer.call("Host.ping2", Map.of(), PATIENCE);
      Map<String, Object> parameters = announcement(xml, media);
      while (true) {
        try {
          Object answer =
              peer.call("VM.migrationCreate", parameters, parts.settings().preparation());
          return adapted(answer).orElse(xml);
        } catch (PeerException e) {
          if (e.code() != ErrorCode.MIGRATION_LIMIT.number() || unwanted.getAsBoolean()) {
            throw e;
          }
          log.info("{} waits for room on {}", guest, request.destination());
          pause.accept(parts.settings().retry());
          if (unwanted.getAsBoolean()) {
            throw e;
          }
        }
      }
    }
  }

  private Map<String, Object> announcement(String xml, Map<String, String> media) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("vmId", guest.toString());
    machine.put("xml", xml);
    machine.put("_srcDomXML", xml);
    machine.put("migrationDest", "libvirt");
    machine.put("enableGuestEvents", request.guestEvents());
    machine.put("consoleAddress", request.console());
    if (!media.isEmpty()) {
      machine.put(
          IncomingGuest.MEDIA,
          media.entrySet().stream()
              .map(medium -> Map.of("target", medium.getKey(), "content", medium.getValue()))
              .toList());
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("vmID", guest.toString());
    parameters.put("params", machine);
    request.incomingLimit().ifPresent(limit -> parameters.put("incomingLimit", limit));
    return parameters;
  }

  private static Optional<String> adapted(Object answer) {
    return answer instanceof Map<?, ?> map
            && map.get("params") instanceof Map<?, ?> params
            && params.get("xml") instanceof String xml
            && !xml.isEmpty()
        ? Optional.of(xml)
        : Optional.empty();
  }

  Presence presence() {
    if (request.destination().isEmpty()) {
      return Presence.ABSENT;
    }
    try (Peers.Peer peer = connect()) {
      Object answer =
          peer.call("Host.getVMFullList", Map.of("vmList", List.of(guest.toString())), PATIENCE);
      return answer instanceof List<?> list
              && !list.isEmpty()
              && list.getFirst() instanceof Map<?, ?> machine
          ? presence(String.valueOf(machine.get("status")))
          : Presence.ABSENT;
    } catch (PeerException e) {
      if (e.code() == ErrorCode.NO_SUCH_VM.number()) {
        return Presence.ABSENT;
      }
      log.warn("Whether {} runs {} {}", request.destination(), guest, e.getMessage());
      return Presence.UNKNOWN;
    }
  }

  private Presence presence(String status) {
    if (status.equals(VmStatus.DOWN.text())) {
      return Presence.ABSENT;
    }
    boolean expected =
        status.equals(VmStatus.WAIT_FOR_LAUNCH.text())
            || status.equals(VmStatus.MIGRATION_DESTINATION.text());
    if (!expected) {
      return Presence.RUNS;
    }
    return mayBeLanding() ? Presence.LANDING : Presence.ABSENT;
  }

  private boolean mayBeLanding() {
    long now = System.nanoTime();
    if (waitedSince == 0) {
      waitedSince = now;
    }
    return now - waitedSince < LANDING.toNanos();
  }

  /** Whether it is certain that nothing of the guest is left over there. */
  boolean drop() {
    if (request.destination().isEmpty()) {
      return true;
    }
    try (Peers.Peer peer = connect()) {
      peer.call("VM.destroy", Map.of("vmID", guest.toString()), PATIENCE);
      return true;
    } catch (PeerException e) {
      return e.code() == ErrorCode.NO_SUCH_VM.number();
    }
  }

  private Peers.Peer connect() {
    return parts.peers().connect(request.destination());
  }
}
