package io.overt.rest.v3;

import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Outcome;
import io.overt.model.Service;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.types.DiskAttachment;
import io.overt.rest.api.Inner;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /vms/{vm}/disks}: in the model, attachments and the disks that they attach. */
record VmDisks(ServiceType type, Inner inner, String vm) implements Service {
  @Override
  public Object invoke(String operation, Call call) {
    return switch (operation) {
      case "list" -> AttachedDisks.of(inner, "/vms/" + vm);
      case "add" -> add(call.body());
      default -> throw new NotImplemented(type.name() + "." + operation);
    };
  }

  /** Makes a disk and attaches it, or attaches the one that is named. */
  private Outcome<Struct> add(@Nullable Struct disk) {
    if (disk == null) {
      throw ApiFault.incomplete("Disk", "size", "add");
    }
    Outcome<?> added =
        inner.call(
            "POST",
            "/vms/" + vm + "/diskattachments",
            AttachedDisks.attachment(disk, true),
            Map.of());
    Struct entity =
        added.entity() instanceof DiskAttachment attachment
            ? AttachedDisks.merged(inner, attachment)
            : null;
    if (entity == null) {
      throw ApiFault.notFound();
    }
    return new Outcome<>(entity, added.job(), added.pending(), added.assigned(), null);
  }

  @Override
  public @Nullable Service locate(String segment) {
    return null;
  }
}
