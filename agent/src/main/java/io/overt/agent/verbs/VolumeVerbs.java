package io.overt.agent.verbs;

import io.overt.agent.storage.DomainStore.VolumeSize;
import io.overt.agent.storage.VolumeAddress;
import io.overt.agent.storage.VolumeFormat;
import io.overt.agent.storage.Volumes;
import io.overt.agent.storage.Volumes.NewVolume;
import io.overt.agent.storage.Volumes.Parent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Volume verbs. */
final class VolumeVerbs implements Verbs.VerbGroup {

  private final Volumes volumes;

  VolumeVerbs(Volumes volumes) {
    this.volumes = volumes;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Volume.create", this::create);
    registry.add("Volume.copy", this::copy);
    registry.add("Volume.extendSize", this::extend);
    registry.add("Volume.delete", this::delete);
    registry.add("Volume.getInfo", this::info);
    registry.add("Volume.getSize", this::size);
    registry.add("Volume.setDescription", this::setDescription);
    registry.add("Volume.setLegality", this::setLegality);
    registry.add("Volume.refresh", this::refresh);
  }

  private Object create(Parameters call) {
    Optional<Parent> parent =
        call.optionalUuid("srcVolUUID")
            .map(
                volume ->
                    new Parent(
                        call.optionalUuid("srcImgUUID").orElseGet(() -> call.uuid("imageID")),
                        volume));
    return volumes
        .create(
            new NewVolume(
                address(call),
                format(call),
                preallocated(call),
                call.number("size"),
                call.text("diskType", "DATA"),
                call.text("desc", ""),
                parent,
                "LEAF"))
        .toString();
  }

  private Object copy(Parameters call) {
    UUID domain = call.optionalUuid("dstSdUUID").orElseGet(() -> call.uuid("storagedomainID"));
    NewVolume copy =
        new NewVolume(
            new VolumeAddress(domain, call.uuid("dstImgUUID"), call.uuid("dstVolUUID")),
            format(call),
            preallocated(call),
            0,
            volumes.metadata(address(call)).getOrDefault("DISKTYPE", "DATA"),
            call.text("desc", ""),
            Optional.empty(),
            role(call));
    return volumes.copy(address(call), copy, call.flag("force", false)).toString();
  }

  private Object extend(Parameters call) {
    return volumes.extend(address(call), call.number("newSize")).toString();
  }

  private Object delete(Parameters call) {
    VolumeAddress address = address(call);
    return volumes
        .removeVolumes(address.domain(), address.image(), List.of(address.volume()))
        .toString();
  }

  /** Schema VolumeInfo; {@code type} is the older name of {@code allocType}. */
  private Object info(Parameters call) {
    VolumeAddress address = address(call);
    Map<String, String> metadata = volumes.metadata(address);
    VolumeSize size = volumes.size(address);
    String allocation = metadata.getOrDefault("TYPE", "SPARSE");
    long created = Long.parseLong(metadata.getOrDefault("CTIME", "0"));
    return Answer.object()
        .put("uuid", address.volume().toString())
        .put("domain", address.domain().toString())
        .put("pool", call.text("storagepoolID", ""))
        .put("image", address.image().toString())
        .put("parent", metadata.getOrDefault("PUUID", ""))
        .put(
            "children",
            volumes.children(address.domain(), address.image(), address.volume()).stream()
                .map(UUID::toString)
                .toList())
        .put("status", "OK")
        .put("format", metadata.getOrDefault("FORMAT", "RAW"))
        .put("allocType", allocation)
        .put("type", allocation)
        .put("disktype", metadata.getOrDefault("DISKTYPE", "DATA"))
        .put("voltype", metadata.getOrDefault("VOLTYPE", "LEAF"))
        .text("capacity", metadata.getOrDefault("CAP", "0"))
        .text("apparentsize", size.apparentBytes())
        .text("truesize", size.trueBytes())
        .put("legality", metadata.getOrDefault("LEGALITY", "LEGAL"))
        .put("description", metadata.getOrDefault("DESCRIPTION", ""))
        .text("ctime", created)
        .put("mtime", "0")
        .put("generation", Integer.parseInt(metadata.getOrDefault("GEN", "0")))
        .build();
  }

  private Object size(Parameters call) {
    VolumeSize size = volumes.size(address(call));
    return Answer.object()
        .text("apparentsize", size.apparentBytes())
        .text("truesize", size.trueBytes())
        .build();
  }

  private Object setDescription(Parameters call) {
    volumes.change(address(call), Map.of("DESCRIPTION", call.text("description")));
    return true;
  }

  private Object setLegality(Parameters call) {
    String legality = call.text("legality");
    if (!legality.equals("LEGAL") && !legality.equals("ILLEGAL")) {
      throw Parameters.wrong("legality", legality, "LEGAL or ILLEGAL");
    }
    volumes.change(address(call), Map.of("LEGALITY", legality));
    return true;
  }

  /** A file needs no refreshing; the volume has to exist, though. */
  private Object refresh(Parameters call) {
    volumes.metadata(address(call));
    return true;
  }

  private static VolumeAddress address(Parameters call) {
    return new VolumeAddress(
        call.uuid("storagedomainID"), call.uuid("imageID"), call.uuid("volumeID"));
  }

  private static VolumeFormat format(Parameters call) {
    String format = call.text("volFormat");
    return VolumeFormat.parse(format)
        .orElseThrow(() -> Parameters.wrong("volFormat", format, "COW (4) or RAW (5)"));
  }

  private static boolean preallocated(Parameters call) {
    String allocation = call.text("preallocate");
    return switch (allocation) {
      case "1", "PREALLOCATED" -> true;
      case "2", "SPARSE" -> false;
      default ->
          throw Parameters.wrong("preallocate", allocation, "PREALLOCATED (1) or SPARSE (2)");
    };
  }

  private static String role(Parameters call) {
    String role = call.text("volType", "LEAF");
    return switch (role) {
      case "SHARED", "6" -> "SHARED";
      case "LEAF", "8" -> "LEAF";
      default -> throw Parameters.wrong("volType", role, "SHARED (6) or LEAF (8)");
    };
  }
}
