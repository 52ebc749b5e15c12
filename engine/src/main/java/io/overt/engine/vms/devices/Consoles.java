package io.overt.engine.vms.devices;

import io.overt.inventory.Entity;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.DisplayType;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** What holds for the graphics consoles of machines, templates and instance types alike. */
public final class Consoles {
  private Consoles() {}

  /** The id of a console in every oVirt engine: its protocol's name in hexadecimal. */
  public static String id(GraphicsType protocol) {
    return HexFormat.of().formatHex(protocol.wire().getBytes(StandardCharsets.US_ASCII));
  }

  public static GraphicsConsole of(GraphicsType protocol) {
    return new GraphicsConsole().id(id(protocol)).protocol(protocol);
  }

  /** The protocol that shows a display of that type. */
  public static GraphicsType protocol(DisplayType type) {
    return type == DisplayType.SPICE ? GraphicsType.SPICE : GraphicsType.VNC;
  }

  static <O extends Struct> Outcome<GraphicsConsole> add(
      Devices<O, GraphicsConsole> consoles, Call call, GraphicsConsole body) {
    GraphicsType protocol = Objects.requireNonNull(body.protocol(), "console.protocol");
    Entity<GraphicsConsole> added =
        consoles
            .platform()
            .write(
                transaction -> {
                  consoles.owner(call, transaction);
                  requireNone(transaction, consoles, protocol);
                  return consoles.insert(transaction, of(protocol));
                });
    return Outcome.done(Devices.shown(added));
  }

  private static void requireNone(
      Transaction transaction, Devices<?, GraphicsConsole> consoles, GraphicsType protocol) {
    if (consoles.all(transaction).stream()
        .anyMatch(console -> console.value().protocol() == protocol)) {
      throw ApiFault.bad("There is already a " + protocol.wire() + " console; one of a kind only.");
    }
  }
}
