package io.overt.engine.vms.run;

import io.overt.codec.JsonCodec;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.References;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Member;
import io.overt.model.services.VmService;
import io.overt.model.types.DisplayType;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Host;
import io.overt.model.types.Initialization;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPlacementPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a start says of the machine for this one run: it is kept beside the machine's
 * configuration until the next start (oVirt: {@code RunVmOnceParams}).
 */
public final class RunOnce {
  /** Private attribute of the machine. */
  private static final String MARK = "run_once";

  /** What a run may have of its own. */
  private static final Set<String> MEMBERS =
      Set.of(
          "bios",
          "cdroms",
          "custom_cpu_model",
          "custom_emulated_machine",
          "custom_properties",
          "display",
          "initialization",
          "os",
          "placement_policy",
          "start_paused");

  private RunOnce() {}

  /** Null when the request leaves everything as it is configured. */
  public static @Nullable Vm of(VmService.StartRequest request) {
    Vm given = request.vm();
    Vm own = new Vm();
    boolean any = false;
    if (given != null) {
      for (Member member : given.type().members()) {
        Object value = given.get(member);
        if (value != null && MEMBERS.contains(member.name())) {
          own.set(member, value);
          any = true;
        }
      }
    }
    if (Boolean.TRUE.equals(request.pause())) {
      own.startPaused(true);
      any = true;
    }
    boolean initializes =
        Boolean.TRUE.equals(request.useCloudInit())
            || Boolean.TRUE.equals(request.useSysprep())
            || Boolean.TRUE.equals(request.useInitialization());
    if (initializes && own.initialization() == null) {
      own.initialization(new Initialization());
    }
    return any || initializes ? own : null;
  }

  /** Whether the guest of this run is to be configured, again if need be. */
  static boolean initializes(Entity<Vm> vm) {
    Vm own = own(vm);
    return own != null && own.initialization() != null;
  }

  /**
   * The machine as it shall run now; what an earlier run had of its own is forgotten.
   *
   * @param own as {@link #of} gives it
   */
  static Entity<Vm> write(
      Transaction transaction, Entity<Vm> vm, @Nullable Vm own, CustomProperties declared) {
    Map<String, String> internals = new HashMap<>(vm.internals());
    internals.remove(MARK);
    if (own != null) {
      declared
          .machines()
          .at(CompatibilityVersions.of(transaction.current(), vm.value()))
          .check(own.customProperties(), "vm.custom_properties");
      settleHosts(transaction, own);
      internals.put(MARK, JsonCodec.toText(own));
    }
    return internals.equals(vm.internals())
        ? vm
        : transaction.update(vm, vm.value().copy(), internals);
  }

  private static void settleHosts(Transaction transaction, Vm own) {
    VmPlacementPolicy policy = own.placementPolicy();
    if (policy != null && policy.hosts() != null) {
      own.placementPolicy(
          policy
              .copy()
              .hosts(
                  policy.hosts().stream()
                      .map(
                          host ->
                              new Host().id(References.resolve(transaction, Kinds.HOST, host).id()))
                      .toList()));
    }
  }

  /** Whether this run has something of its own. */
  public static boolean is(Entity<Vm> vm) {
    return vm.internal(MARK) != null;
  }

  /** The machine as it runs. */
  static Entity<Vm> applied(Entity<Vm> vm) {
    Vm own = own(vm);
    if (own == null) {
      return vm;
    }
    Vm runs = vm.value().copy();
    runs.merge(own);
    if (own.customProperties() != null) {
      runs.customProperties(own.customProperties());
    }
    return new Entity<>(Kinds.VM, runs, vm.owner(), vm.internals(), vm.version());
  }

  /** The consoles of this run: those of the machine, unless it asks for another display. */
  static List<GraphicsConsole> consoles(Entity<Vm> vm, List<GraphicsConsole> configured) {
    Vm own = own(vm);
    if (own == null || own.display() == null || own.display().type_() == null) {
      return configured;
    }
    GraphicsType wanted =
        own.display().type_() == DisplayType.SPICE ? GraphicsType.SPICE : GraphicsType.VNC;
    return List.of(new GraphicsConsole().protocol(wanted));
  }

  private static @Nullable Vm own(Entity<Vm> vm) {
    String text = vm.internal(MARK);
    return text == null
        ? null
        : (Vm) JsonCodec.fromText(Vm.TYPE, text.getBytes(StandardCharsets.UTF_8));
  }
}
