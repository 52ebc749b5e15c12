package io.overt.rest.v3;

import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Outcome;
import io.overt.model.Service;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.types.Action;
import io.overt.model.types.DiskAttachment;
import io.overt.rest.api.Inner;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /vms/{vm}/disks/{disk}}: in the model, an attachment and the disk that it attaches. */
record VmDisk(ServiceType type, Inner inner, String vm, String disk) implements Service {
  @Override
  public Object invoke(String operation, Call call) {
    return switch (operation) {
      case "get" -> AttachedDisks.one(inner, "/vms/" + vm, disk);
      case "update" -> update(call.body());
      case "remove" -> remove(call);
      case "activate" -> plug(true);
      case "deactivate" -> plug(false);
      default -> throw new NotImplemented(type.name() + "." + operation);
    };
  }

  private String attachment() {
    return "/vms/" + vm + "/diskattachments/" + disk;
  }

  private Outcome<Struct> update(@Nullable Struct changes) {
    if (changes == null) {
      throw ApiFault.incomplete("Disk", "disk", "update");
    }
    Outcome<?> updated =
        inner.call("PUT", attachment(), AttachedDisks.attachment(changes, false), Map.of());
    Struct entity = AttachedDisks.one(inner, "/vms/" + vm, disk);
    return new Outcome<>(entity, updated.job(), updated.pending());
  }

  /** Whoever does not say otherwise means the disk itself. */
  private Outcome<?> remove(Call call) {
    boolean detach = "true".equalsIgnoreCase(call.parameter("detach"));
    return inner.call(
        "DELETE", attachment(), null, Map.of("detach_only", Boolean.toString(detach)));
  }

  private Outcome<Action> plug(boolean active) {
    DiskAttachment change = new DiskAttachment().active(active);
    Outcome<?> changed = inner.call("PUT", attachment(), change, Map.of());
    return new Outcome<>(new Action(), changed.job(), changed.pending());
  }

  @Override
  public @Nullable Service locate(String segment) {
    return null;
  }
}
