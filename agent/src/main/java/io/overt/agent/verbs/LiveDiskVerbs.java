package io.overt.agent.verbs;

import io.overt.agent.jobs.Jobs;
import io.overt.agent.vms.DiskPaths.Image;
import io.overt.agent.vms.SavedMemory;
import io.overt.agent.vms.Vms;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Snapshots, merges and growth of the disks of running machines. */
final class LiveDiskVerbs implements Verbs.VerbGroup {

  private final Vms vms;
  private final Jobs jobs;

  LiveDiskVerbs(Vms vms, Jobs jobs) {
    this.vms = vms;
    this.jobs = jobs;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.snapshot", this::snapshot);
    registry.add("VM.merge", this::merge);
    registry.add("VM.diskSizeExtend", this::extend);
    registry.add("VM.diskReplicateStart", this::replicate);
    registry.add("VM.diskReplicateFinish", this::endReplication);
  }

  private Object snapshot(Parameters call) {
    UUID id = call.uuid("vmID");
    List<Image> layers = call.objects("snapDrives").stream().map(VmImages::of).toList();
    Optional<SavedMemory> memory = SavedStateVerbs.optionalHandle("snapMemory", call);
    boolean frozen = call.flag("frozen", false);
    vms.get(id);
    jobs.start(
        call.optionalUuid("jobUUID").orElseGet(UUID::randomUUID),
        "virt",
        "Snapshot of " + id,
        progress -> vms.liveDisks().snapshot(id, layers, memory, frozen));
    return true;
  }

  private Object merge(Parameters call) {
    UUID id = call.uuid("vmID");
    Image drive = VmImages.of(call.object("drive"));
    UUID base = call.uuid("baseVolUUID");
    UUID top = call.uuid("topVolUUID");
    long bandwidth = call.number("bandwidth", 0);
    vms.get(id);
    jobs.start(
        call.uuid("jobUUID"),
        "virt",
        "Merge of volume " + top,
        progress -> vms.liveDisks().merge(id, drive, base, top, bandwidth, progress));
    return true;
  }

  private Object replicate(Parameters call) {
    vms.liveDisks()
        .replicas()
        .start(
            call.uuid("vmID"),
            VmImages.of(call.object("srcDisk")),
            VmImages.of(call.object("dstDisk")));
    return true;
  }

  /** The engine names the source twice when the disk is to stay there. */
  private Object endReplication(Parameters call) {
    Image source = VmImages.of(call.object("srcDisk"));
    Image destination = VmImages.of(call.object("dstDisk"));
    if (source.domain().equals(destination.domain())
        && source.volume().equals(destination.volume())) {
      vms.liveDisks().replicas().stay(call.uuid("vmID"), source);
    } else {
      vms.liveDisks().replicas().moveOver(call.uuid("vmID"), source, destination);
    }
    return true;
  }

  private Object extend(Parameters call) {
    Image drive = VmImages.of(call.object("driveSpecs"));
    long size = call.number("newSize");
    vms.liveDisks().extend(call.uuid("vmID"), drive, size);
    return Long.toString(size);
  }
}
