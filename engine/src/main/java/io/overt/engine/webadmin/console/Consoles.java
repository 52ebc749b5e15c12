package io.overt.engine.webadmin.console;

import io.overt.engine.resource.HostVerbs;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.devices.ShownConsole;
import io.overt.engine.vms.devices.Tickets;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Console;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Host;
import io.overt.model.types.Ticket;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.rest.Mount;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import io.overt.rest.http.ParameterMap;
import io.overt.rest.socket.SocketDoor;
import io.overt.rest.socket.Tunnel;
import io.overt.rest.socket.TunnelRefused;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /overt/api/vms/{vm}/console?type=vnc} gives who may set the machine's ticket one
 * connection to its console: the address of a WebSocket that carries the console's own protocol,
 * and the password that the console asks for, set on the host as the API's ticket is. With {@code
 * type=serial} it carries what the serial console says and hears; one at a time can be there, and
 * {@code take=true} makes whoever is leave.
 */
public final class Consoles {
  private static final String PATH = "/ovirt-engine/webadmin/console";
  private static final String VNC = "vnc";
  private static final String SERIAL = "serial";

  /** Long enough to connect; the connection outlasts it. */
  private static final long PASSWORD_SECONDS = 120;

  private final Platform platform;
  private final MachineReports reports;
  private final Tickets tickets;
  private final Supplier<Fleet> fleet;
  private final Resource<Vm> machines;
  private final Passes passes;

  public Consoles(Platform platform, MachineReports reports, Supplier<Fleet> fleet) {
    this.platform = platform;
    this.reports = reports;
    this.tickets = new Tickets(platform, new HostVerbs(fleet));
    this.fleet = fleet;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.passes = new Passes(platform.clock());
  }

  public Extension extension() {
    return new Extension("POST", "vms/{vm}/console", "POST vms/{vm}/ticket", this::open);
  }

  /** Where the connection is made. */
  public Mount mount() {
    return Mount.at(PATH, new SocketDoor(this::connect));
  }

  private JsonObject open(Extension.Request request) {
    String type = Objects.requireNonNullElse(request.parameter("type"), VNC);
    Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = machines.require(request.call(), snapshot, request.name("vm"));
    requireRunning(vm.value());
    return switch (type) {
      case VNC -> screen(request, snapshot, vm);
      case SERIAL -> serial(request, snapshot, vm);
      default ->
          throw ApiFault.invalidValue(
              "type: '" + type + "' is no console that is offered; vnc and serial are");
    };
  }

  private JsonObject screen(Extension.Request request, Snapshot snapshot, Entity<Vm> vm) {
    ShownConsole shown = shown(snapshot, vm);
    String address = shown.address();
    Long port = shown.port();
    if (address == null || port == null) {
      throw ApiFault.conflict(
          "VM " + vm.value().name() + " shows no VNC console: its host names no port of one.");
    }
    Ticket password =
        tickets.set(request.call(), vm, GraphicsType.VNC, new Ticket().expiry(PASSWORD_SECONDS));
    return pass(request, vm, () -> HostSocket.open(address, port.intValue()))
        .put("password", Objects.requireNonNull(password.value()));
  }

  private JsonObject serial(Extension.Request request, Snapshot snapshot, Entity<Vm> vm) {
    Console console = vm.value().console();
    if (console == null || !Boolean.TRUE.equals(console.enabled())) {
      throw ApiFault.conflict(
          "VM %s has no serial console; it gets one at the next start after it was enabled."
              .formatted(vm.value().name()));
    }
    Host host =
        snapshot
            .find(Kinds.HOST, Objects.requireNonNull(vm.value().host()).requireId())
            .orElseThrow(ApiFault::notFound)
            .value();
    String user = platform.caller(request.call()).principalName();
    boolean take = "true".equals(request.parameter("take"));
    platform.write(
        transaction -> {
          platform.report(transaction, "VM_SET_TICKET", request.call(), vm.value());
          return vm.id();
        });
    return pass(request, vm, () -> SerialTunnel.open(fleet.get(), host, vm.id(), user, take));
  }

  private JsonObject pass(Extension.Request request, Entity<Vm> vm, Supplier<Tunnel> way) {
    String user = platform.caller(request.call()).userId();
    String ticket = passes.issue(user, vm.id(), way);
    return new JsonObject()
        .put("ticket", ticket)
        .put("path", PATH + "?ticket=" + ticket)
        .put("expires_in", Passes.LIFE.toSeconds());
  }

  private static void requireRunning(Vm vm) {
    if (vm.status() == VmStatus.DOWN || vm.host() == null) {
      throw ApiFault.conflict(
          "VM " + vm.name() + " runs on no host; only a running VM has a console.");
    }
  }

  private ShownConsole shown(Snapshot snapshot, Entity<Vm> vm) {
    boolean vnc =
        snapshot.owned(Kinds.GRAPHICS_CONSOLE, vm.key()).stream()
            .anyMatch(console -> console.value().protocol() == GraphicsType.VNC);
    if (!vnc) {
      throw ApiFault.conflict("VM " + vm.value().name() + " has no VNC console.");
    }
    return ShownConsole.of(snapshot, vm.value(), reports.of(vm.id()), GraphicsType.VNC)
        .orElseThrow(
            () ->
                ApiFault.conflict(
                    "VM " + vm.value().name() + " shows no VNC console: its host reports none."));
  }

  private Optional<Entity<Vm>> running(String vm) {
    return platform
        .snapshot()
        .find(Kinds.VM, vm)
        .filter(found -> found.value().status() != VmStatus.DOWN && found.value().host() != null);
  }

  private Tunnel connect(ParameterMap query) {
    String ticket = query.get("ticket");
    Passes.Pass pass =
        passes
            .take(ticket == null ? "" : ticket)
            .orElseThrow(() -> ApiFault.forbidden("the ticket was used, or is too old"));
    if (running(pass.vmId()).isEmpty()) {
      throw new TunnelRefused(
          TunnelRefused.CONFLICT, "The VM of this ticket does not run any more.");
    }
    return pass.way().get();
  }
}
