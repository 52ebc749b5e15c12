package io.overt.agent.vms;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is at which machine's serial line: one at a time, as the line cannot tell two apart. */
public final class SerialLines {
  private static final Logger log = LoggerFactory.getLogger(SerialLines.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final Map<UUID, Line> lines = new HashMap<>();

  SerialLines(Vms vms, Hypervisor hypervisor) {
    this.vms = vms;
    this.hypervisor = hypervisor;
  }

  /** Somebody is there already. */
  public static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }

  /** A line and who is at it. */
  public final class Line implements AutoCloseable {
    private final UUID vm;
    private final String user;
    private final ByteChannel channel;
    private String successor = "";

    private Line(UUID vm, String user, ByteChannel channel) {
      this.vm = vm;
      this.user = user;
      this.channel = channel;
    }

    public ByteChannel channel() {
      return channel;
    }

    /** Who took the line over; empty for nobody. */
    public String successor() {
      synchronized (lines) {
        return successor;
      }
    }

    @Override
    public void close() {
      synchronized (lines) {
        lines.remove(vm, this);
      }
      try {
        channel.close();
      } catch (IOException e) {
        log.debug("The serial line of {} did not close", vm, e);
      }
    }
  }

  /**
   * Opens a machine's line.
   *
   * @param user as others shall read it
   * @param take whether whoever is there has to leave
   * @throws BusyException when somebody is there and need not leave
   * @throws VdsmError when the machine does not run here
   * @throws HypervisorException when it has no line, or nothing answers on it
   */
  public Line open(UUID id, String user, boolean take) throws BusyException {
    vms.running(id);
    synchronized (lines) {
      refuseUnless(take, lines.get(id));
    }
    Line line = new Line(id, user, hypervisor.serialLine(id));
    Line before;
    try {
      synchronized (lines) {
        before = lines.get(id);
        refuseUnless(take, before);
        lines.put(id, line);
        if (before != null) {
          before.successor = user.isEmpty() ? "Somebody" : user;
        }
      }
    } catch (BusyException e) {
      line.close();
      throw e;
    }
    if (before != null) {
      before.close();
    }
    return line;
  }

  private static void refuseUnless(boolean take, @Nullable Line before) throws BusyException {
    if (before != null && !take) {
      throw new BusyException(
          (before.user.isEmpty() ? "Somebody" : before.user)
              + " is at this serial console already; one can be at a time");
    }
  }

  /** The machine is no more. */
  void ended(UUID id) {
    Line line;
    synchronized (lines) {
      line = lines.get(id);
    }
    if (line != null) {
      line.close();
    }
  }
}
