package io.overt.engine.vms.guest;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.VmApplicationService;
import io.overt.model.services.VmApplicationsService;
import io.overt.model.types.Application;
import io.overt.model.types.Vm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** {@code /vms/{id}/applications}: what the guest's agent says is installed. */
public final class VmApplications implements VmApplicationsService {
  private final Platform platform;
  private final Resource<Vm> machines;
  private final MachineReports reports;
  private final String vmId;

  public VmApplications(Platform platform, MachineReports reports, String vmId) {
    this.platform = platform;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.reports = reports;
    this.vmId = vmId;
  }

  @Override
  public List<Application> list(ListRequest request) {
    return all(request.call()).stream().limit(Resource.limit(request.call())).toList();
  }

  @Override
  public VmApplicationService application(String id) {
    return new VmApplicationService() {
      @Override
      public Application get(GetRequest request) {
        return all(request.call()).stream()
            .filter(application -> id.equals(application.id()))
            .findFirst()
            .orElseThrow(ApiFault::notFound);
      }
    };
  }

  private List<Application> all(Call call) {
    machines.require(call, platform.snapshot(), vmId);
    return reports.of(vmId).list("appsList").stream()
        .map(Object::toString)
        .map(
            name ->
                new Application()
                    .id(
                        UUID.nameUUIDFromBytes((vmId + name).getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .name(name)
                    .vm(new Vm().id(vmId)))
        .toList();
  }
}
