package io.overt.agent.verbs;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.jobs.Jobs;
import io.overt.agent.storage.ImageCopies;
import io.overt.agent.storage.ImageCopies.Part;
import io.overt.agent.storage.Merges;
import io.overt.agent.storage.Merges.Subchain;
import io.overt.agent.storage.Tasks;
import io.overt.agent.storage.VolumeAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Jobs, and the work on storage that is done as a job or belongs to such. */
final class JobVerbs implements Verbs.VerbGroup {

  private final Jobs jobs;
  private final Tasks tasks;
  private final Merges merges;
  private final ImageCopies copies;

  JobVerbs(Jobs jobs, Tasks tasks, Merges merges, ImageCopies copies) {
    this.jobs = jobs;
    this.tasks = tasks;
    this.merges = merges;
    this.copies = copies;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Host.getJobs", this::list);
    registry.add("SDM.merge", this::merge);
    registry.add("SDM.sparsify_volume", this::sparsify);
    registry.add("Image.move", this::move);
    registry.add("Image.cloneStructure", this::copyStructure);
    registry.add("Image.syncData", this::copyContents);
    registry.add("StoragePool.prepareMerge", this::prepareMerge);
    registry.add("StoragePool.finalizeMerge", this::finalizeMerge);
  }

  private Object list(Parameters call) {
    Map<String, Object> answer = new LinkedHashMap<>();
    jobs.all(call.optionalText("job_type").filter(type -> !type.isEmpty()), call.uuids("job_ids"))
        .forEach(job -> answer.put(job.id().toString(), describe(job)));
    return answer;
  }

  /** Schema JobInfo. */
  private static Map<String, Object> describe(Jobs.Status job) {
    Answer answer =
        Answer.object()
            .put("id", job.id().toString())
            .put("job_type", job.type())
            .put("description", job.description())
            .put("status", job.status())
            .put("progress", job.progress());
    job.error().ifPresent(error -> answer.put("error", describe(error)));
    return answer.build();
  }

  private static Map<String, Object> describe(VdsmError error) {
    return Map.of("code", error.code(), "message", String.valueOf(error.getMessage()));
  }

  private static Subchain subchain(Parameters call) {
    return new Subchain(
        call.uuid("sd_id"), call.uuid("img_id"), call.uuid("base_id"), call.uuid("top_id"));
  }

  private Object merge(Parameters call) {
    Subchain chain = subchain(call.object("subchain_info"));
    jobs.start(
        call.uuid("job_id"),
        "storage",
        "Merge of volume " + chain.top(),
        progress -> merges.commit(chain));
    return true;
  }

  private Object prepareMerge(Parameters call) {
    Subchain chain = subchain(call.object("subchainInfo"));
    return tasks.start("prepareMerge", () -> merges.prepare(chain)).toString();
  }

  private Object finalizeMerge(Parameters call) {
    Subchain chain = subchain(call.object("subchainInfo"));
    return tasks.start("finalizeMerge", () -> merges.complete(chain)).toString();
  }

  private Object sparsify(Parameters call) {
    Parameters info = call.object("vol_info");
    VolumeAddress volume =
        new VolumeAddress(info.uuid("sd_id"), info.uuid("img_id"), info.uuid("vol_id"));
    jobs.start(
        call.uuid("job_id"),
        "storage",
        "Sparsifying volume " + volume.volume(),
        progress -> copies.sparsify(volume));
    return true;
  }

  /** VDSM's operations: 1 leaves the source, 2 removes it. */
  private Object move(Parameters call) {
    UUID domain = call.uuid("storagedomainID");
    UUID image = call.uuid("imageID");
    UUID target = call.uuid("dstSdUUID");
    long operation = call.number("operation");
    if (operation != 1 && operation != 2) {
      throw Parameters.wrong("operation", operation, "1 (copy) or 2 (move)");
    }
    return copying(
        "moveImage",
        image,
        () -> {
          copies.copy(domain, image, target);
          if (operation == 2) {
            copies.remove(domain, image);
          }
        });
  }

  private Object copyStructure(Parameters call) {
    UUID domain = call.uuid("storagedomainID");
    UUID image = call.uuid("imageID");
    UUID target = call.uuid("dstSdUUID");
    return copying("cloneImageStructure", image, () -> copies.copyStructure(domain, image, target));
  }

  private Object copyContents(Parameters call) {
    UUID domain = call.uuid("storagedomainID");
    UUID image = call.uuid("imageID");
    UUID target = call.uuid("dstSdUUID");
    String type = call.text("syncType");
    Part part =
        Stream.of(Part.values())
            .filter(each -> each.name().equals(type))
            .findFirst()
            .orElseThrow(() -> Parameters.wrong("syncType", type, "ALL, INTERNAL or LEAF"));
    return copying("syncImageData", image, () -> copies.copyContents(domain, image, target, part));
  }

  /** One copy of an image at a time. */
  private Object copying(String verb, UUID image, Runnable work) {
    copies.begin(image);
    return tasks
        .start(
            verb,
            () -> {
              try {
                work.run();
              } finally {
                copies.end(image);
              }
            })
        .toString();
  }
}
