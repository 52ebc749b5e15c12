package io.overt.agent.verbs;

import io.overt.agent.jobs.Jobs;
import io.overt.agent.storage.Appliances;
import io.overt.agent.storage.Appliances.Source;
import java.nio.file.Path;
import java.util.List;

/** Appliances (OVA). VDSM has no verb for them: oVirt's engine runs Ansible on the host. */
final class ApplianceVerbs implements Verbs.VerbGroup {

  private final Jobs jobs;
  private final Appliances appliances;

  ApplianceVerbs(Jobs jobs, Appliances appliances) {
    this.jobs = jobs;
    this.appliances = appliances;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Overt.createAppliance", this::create);
  }

  private Object create(Parameters call) {
    Path file = Path.of(call.text("path"));
    if (!file.isAbsolute()) {
      throw Parameters.wrong("path", file, "an absolute path");
    }
    String document = call.text("ovf");
    List<Source> disks = call.objects("disks").stream().map(ApplianceVerbs::source).toList();
    jobs.start(
        call.uuid("job_id"),
        "storage",
        "Writing " + file,
        progress -> appliances.pack(file, document, disks, progress));
    return true;
  }

  private static Source source(Parameters disk) {
    return new Source(
        disk.uuid("sd_id"), disk.uuid("img_id"), disk.uuid("vol_id"), disk.text("name"));
  }
}
