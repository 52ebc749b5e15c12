package io.overt.engine.vms.guest;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.VmSessionService;
import io.overt.model.services.VmSessionsService;
import io.overt.model.types.Session;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** {@code /vms/{id}/sessions}: who is logged in to the guest, as its agent says. */
public final class VmSessions implements VmSessionsService {
  private final Platform platform;
  private final Resource<Vm> machines;
  private final MachineReports reports;
  private final String vmId;

  public VmSessions(Platform platform, MachineReports reports, String vmId) {
    this.platform = platform;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.reports = reports;
    this.vmId = vmId;
  }

  @Override
  public List<Session> list(ListRequest request) {
    return all(request.call());
  }

  @Override
  public VmSessionService session(String id) {
    return new VmSessionService() {
      @Override
      public Session get(GetRequest request) {
        return all(request.call()).stream()
            .filter(session -> id.equals(session.id()))
            .findFirst()
            .orElseThrow(ApiFault::notFound);
      }
    };
  }

  private List<Session> all(Call call) {
    machines.require(call, platform.snapshot(), vmId);
    Report report = reports.of(vmId);
    String user = report.text("username");
    if (user == null || user.isEmpty() || user.equals("Unknown") || user.equals("None")) {
      return List.of();
    }
    return Arrays.stream(user.split(",")).map(String::strip).map(this::sessionOf).toList();
  }

  private Session sessionOf(String user) {
    return new Session()
        .id(UUID.nameUUIDFromBytes((vmId + user).getBytes(StandardCharsets.UTF_8)).toString())
        .protocol("console")
        .user(new User().userName(user))
        .vm(new Vm().id(vmId));
  }
}
