package io.overt.engine.vms.devices;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** The display that these consoles make: none without one, else that of SPICE first. */
  public static Optional<DisplayType> display(Snapshot snapshot, Key owner) {
    List<Entity<GraphicsConsole>> consoles = snapshot.owned(Kinds.GRAPHICS_CONSOLE, owner);
    boolean spice =
        consoles.stream().anyMatch(found -> found.value().protocol() == GraphicsType.SPICE);
    return consoles.isEmpty()
        ? Optional.empty()
        : Optional.of(spice ? DisplayType.SPICE : DisplayType.VNC);
  }

  /**
   * Who names the kind of display gets that console instead of those that are there (engine 4.5:
   * {@code DisplayHelper.setGraphicsToParams}).
   */
  public static void replace(Transaction transaction, Key owner, @Nullable Display wanted) {
    if (wanted != null && wanted.type_() != null) {
      transaction.current().owned(Kinds.GRAPHICS_CONSOLE, owner).forEach(transaction::delete);
      transaction.insert(
          Kinds.GRAPHICS_CONSOLE, of(protocol(Objects.requireNonNull(wanted.type_()))), owner);
    }
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
