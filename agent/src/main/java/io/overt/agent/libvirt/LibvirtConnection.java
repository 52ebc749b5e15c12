package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.libvirt.CloseReason;
import io.overt.libvirt.Connection;
import io.overt.libvirt.ConnectionListener;
import io.overt.libvirt.DomainEvent;
import io.overt.libvirt.LibvirtException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to libvirtd, opened again by the next call after it was lost. */
final class LibvirtConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LibvirtConnection.class);

  /**
   * What the engine's NICs refer to: guests may only send from their own addresses. VDSM's
   * installation defines the same one.
   */
  private static final String NO_SPOOFING = "vdsm-no-mac-spoofing";

  private static final String NO_SPOOFING_XML =
      "<filter name='"
          + NO_SPOOFING
          + "'><filterref filter='no-mac-spoofing'/><filterref filter='no-arp-mac-spoofing'/>"
          + "</filter>";

  private final String uri;
  private final Consumer<DomainEvent> events;
  private @Nullable Connection connection;
  private boolean closed;

  /**
   * @param events called on libvirt's event thread
   */
  LibvirtConnection(String uri, Consumer<DomainEvent> events) {
    this.uri = uri;
    this.events = events;
  }

  /** Runs a call and translates its failure. */
  <T> T call(Function<Connection, T> work) {
    Connection current = connected();
    try {
      return work.apply(current);
    } catch (LibvirtException e) {
      if (e.connectionLost()) {
        drop(current);
      }
      throw translated(e);
    }
  }

  private synchronized Connection connected() {
    if (closed) {
      throw new HypervisorException(Kind.UNREACHABLE, "The connection to " + uri + " is closed");
    }
    if (connection != null) {
      return connection;
    }
    try {
      Connection opened = Connection.open(uri);
      var _ = opened.listen(new Listener(opened));
      connection = opened;
      defineFilter(opened);
      log.info("Connected to {}", uri);
      return opened;
    } catch (LibvirtException e) {
      throw new HypervisorException(
          Kind.UNREACHABLE, "Cannot connect to libvirt at " + uri + ": " + e.getMessage(), e);
    }
  }

  private static void defineFilter(Connection connection) {
    try {
      if (!connection.hasNetworkFilter(NO_SPOOFING)) {
        connection.defineNetworkFilter(NO_SPOOFING_XML);
      }
    } catch (LibvirtException e) {
      log.warn(
          "Network filter {} is not available, guests that refer to it will not start: {}",
          NO_SPOOFING,
          e.getMessage());
    }
  }

  private synchronized void drop(Connection lost) {
    if (connection == lost) {
      connection = null;
      Thread.ofPlatform().daemon().start(lost::close);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private static HypervisorException translated(LibvirtException e) {
    Kind kind =
        switch (e.code()) {
          case NO_DOMAIN -> Kind.DOMAIN_MISSING;
          case DOM_EXIST -> Kind.ALREADY_EXISTS;
          case NO_SUPPORT, OPERATION_UNSUPPORTED, ARGUMENT_UNSUPPORTED -> Kind.UNSUPPORTED;
          case AGENT_UNRESPONSIVE, AGENT_UNSYNCED -> Kind.GUEST_SILENT;
          case OPERATION_TIMEOUT -> Kind.TIMEOUT;
          default -> e.connectionLost() ? Kind.UNREACHABLE : Kind.FAILED;
        };
    return new HypervisorException(kind, String.valueOf(e.getMessage()), e);
  }

  private final class Listener implements ConnectionListener {
    private final Connection source;

    Listener(Connection source) {
      this.source = source;
    }

    @Override
    public void event(DomainEvent event) {
      events.accept(event);
    }

    @Override
    public void closed(CloseReason reason) {
      log.warn("The connection to {} ended ({}); guests run on", uri, reason);
      drop(source);
    }
  }
}
