package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.VmGraphicsConsoleService;
import io.overt.model.services.VmGraphicsConsolesService;
import io.overt.model.types.Action;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Ticket;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code /vms/{id}/graphicsconsoles}. */
public final class VmConsoles implements VmGraphicsConsolesService {
  private final Platform platform;
  private final MachineReports reports;
  private final Tickets tickets;
  private final Devices<Vm, GraphicsConsole> consoles;

  public VmConsoles(Platform platform, MachineReports reports, Tickets tickets, String vmId) {
    this.platform = platform;
    this.reports = reports;
    this.tickets = tickets;
    this.consoles = new Devices<>(platform, Kinds.VM, vmId, Kinds.GRAPHICS_CONSOLE);
  }

  @Override
  public List<GraphicsConsole> list(ListRequest request) {
    Call call = request.call();
    List<GraphicsConsole> all = consoles.list(call);
    if (!Boolean.TRUE.equals(request.current())) {
      return all;
    }
    return all.stream()
        .flatMap(console -> shownNow(call, console).stream())
        .limit(Resource.limit(call))
        .toList();
  }

  @Override
  public Outcome<GraphicsConsole> add(AddRequest request) {
    return Consoles.add(consoles, request.call(), platform.body(request.console()));
  }

  @Override
  public VmGraphicsConsoleService console(String id) {
    return new One(id);
  }

  /** The console with the address where it listens now, if it does. */
  private Optional<GraphicsConsole> shownNow(Call call, GraphicsConsole console) {
    Vm vm = consoles.owner(call).value();
    return ShownConsole.of(
            platform.snapshot(),
            vm,
            reports.of(vm.requireId()),
            Objects.requireNonNull(console.protocol()))
        .map(now -> console.address(now.address()).port(now.port()).tlsPort(now.tlsPort()));
  }

  private final class One implements VmGraphicsConsoleService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    @Override
    public GraphicsConsole get(GetRequest request) {
      GraphicsConsole console = consoles.get(request.call(), id);
      return Boolean.TRUE.equals(request.current())
          ? shownNow(request.call(), console).orElseThrow(ApiFault::notFound)
          : console;
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      return consoles.remove(request.call(), id);
    }

    @Override
    public Outcome<Action> ticket(TicketRequest request) {
      GraphicsType protocol = protocol(request.call());
      Entity<Vm> vm = consoles.owner(request.call());
      return Outcome.done(new Action().ticket(ticket(request.call(), vm, protocol, request)));
    }

    /** Unlike those of other actions, its faults stand alone (engine 4.5). */
    private Ticket ticket(Call call, Entity<Vm> vm, GraphicsType protocol, TicketRequest request) {
      try {
        return tickets.set(call, vm, protocol, request.ticket());
      } catch (ApiFault e) {
        throw e.alone();
      }
    }

    @Override
    @NeverSucceeds
    public Outcome<Action> proxyTicket(ProxyTicketRequest request) {
      consoles.get(request.call(), id);
      throw new ApiFault(
              ApiFault.Category.BAD_PARAMETER,
              "Operation Failed",
              "There is no console proxy that a ticket could be issued for.")
          .alone();
    }

    @Override
    public Outcome<Action> remoteViewerConnectionFile(RemoteViewerConnectionFileRequest request) {
      Call call = request.call();
      GraphicsConsole console = consoles.get(call, id);
      GraphicsConsole now =
          shownNow(call, console)
              .orElseThrow(
                  () ->
                      new ApiFault(
                          ApiFault.Category.CONFLICT,
                          "Vm " + consoles.owner(call).value().name() + " is not running.",
                          "Only a running VM listens for viewers."));
      Ticket ticket = tickets.set(call, consoles.owner(call), protocol(call), null);
      return Outcome.done(new Action().remoteViewerConnectionFile(file(call, now, ticket)));
    }

    private GraphicsType protocol(Call call) {
      return Objects.requireNonNull(consoles.get(call, id).protocol());
    }

    /** In the format of virt-viewer's connection files ({@code virt-viewer(1)}). */
    private String file(Call call, GraphicsConsole console, Ticket ticket) {
      StringBuilder text = new StringBuilder("[virt-viewer]\n");
      text.append("type=").append(Objects.requireNonNull(console.protocol()).wire()).append('\n');
      text.append("host=").append(console.address()).append('\n');
      if (console.port() != null) {
        text.append("port=").append(console.port()).append('\n');
      }
      if (console.tlsPort() != null) {
        text.append("tls-port=").append(console.tlsPort()).append('\n');
      }
      text.append("password=").append(ticket.value()).append('\n');
      text.append("delete-this-file=1\n");
      text.append("title=").append(consoles.owner(call).value().name()).append(":%d\n");
      return text.toString();
    }
  }
}
