package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.StorageHosts;
import io.overt.engine.storage.HostStorage;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Disk;
import io.overt.model.types.StorageDomain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of disks, worked on by any host of their data center. A host or an agent that dies
 * meanwhile is waited for or replaced: all that is done here may be repeated.
 */
public final class Images {
  private static final String BLANK = "00000000-0000-0000-0000-000000000000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** VDSM: the task is not known, since the agent has started anew. */
  private static final int NO_SUCH_TASK = 401;

  private final Platform platform;
  private final Supplier<Fleet> fleet;

  public Images(Platform platform, Supplier<Fleet> fleet) {
    this.platform = platform;
    this.fleet = fleet;
  }

  /** The data center, which is the pool, of a disk. */
  public String pool(Disk disk) {
    return DiskRules.activeIn(platform.snapshot(), domainOf(disk))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The storage domain of disk '" + disk.alias() + "' is not active"));
  }

  public static String domainOf(Disk disk) {
    return DiskRules.domainOf(disk);
  }

  public static Optional<String> activeIn(Snapshot snapshot, Disk disk) {
    return DiskRules.activeIn(snapshot, domainOf(disk));
  }

  /** The parameters that name a volume of a disk's image. */
  public Map<String, Object> address(Disk disk, String volume) {
    Map<String, Object> address = new HashMap<>();
    address.put("storagepoolID", pool(disk));
    address.put("storagedomainID", domainOf(disk));
    address.put("imageID", disk.requireId());
    address.put("volumeID", volume);
    return address;
  }

  /** Makes a layer above a volume of the same image, unless it is there. */
  public void layer(Disk disk, String volume, String below, @Nullable String correlation) {
    Map<String, Object> parameters = address(disk, volume);
    parameters.put("size", String.valueOf(disk.provisionedSize()));
    parameters.put("volFormat", 4);
    parameters.put("preallocate", 2);
    parameters.put("diskType", "DATA");
    parameters.put("desc", Objects.requireNonNullElse(disk.alias(), ""));
    parameters.put("srcImgUUID", below.isEmpty() ? BLANK : disk.requireId());
    parameters.put("srcVolUUID", below.isEmpty() ? BLANK : below);
    task(disk, "Volume.create", parameters, HostStorage.VOLUME_EXISTS, correlation);
  }

  /** Removes a volume that nothing builds on, unless it is gone. */
  public void remove(Disk disk, String volume, @Nullable String correlation) {
    Map<String, Object> parameters =
        Map.of(
            "storagepoolID",
            pool(disk),
            "storagedomainID",
            domainOf(disk),
            "imageID",
            disk.requireId(),
            "volumeList",
            List.of(volume),
            "postZero",
            Boolean.TRUE.equals(disk.wipeAfterDelete()));
    task(disk, "Image.deleteVolumes", parameters, HostStorage.NO_SUCH_VOLUME, correlation);
  }

  /** Removes the image of a disk with all its volumes, unless it is gone. */
  public void delete(Disk disk, @Nullable String correlation) {
    Map<String, Object> parameters =
        Map.of(
            "storagepoolID",
            pool(disk),
            "storagedomainID",
            domainOf(disk),
            "imageID",
            disk.requireId(),
            "postZero",
            Boolean.TRUE.equals(disk.wipeAfterDelete()),
            "force",
            false);
    task(disk, "Image.delete", parameters, HostStorage.NO_SUCH_IMAGE, correlation);
  }

  /** The disk as it is on another storage domain. */
  public static Disk on(Disk disk, String domain) {
    return disk.copy().storageDomains(List.of(new StorageDomain().id(domain)));
  }

  /** Merges a volume that no guest uses into the one that it is built on. */
  public void merge(Disk disk, String base, String top, String job, @Nullable String correlation) {
    Map<String, Object> chain =
        Map.of(
            "sd_id",
            domainOf(disk),
            "img_id",
            disk.requireId(),
            "base_id",
            base,
            "top_id",
            top,
            "base_generation",
            0);
    Map<String, Object> pooled = Map.of("storagepoolID", pool(disk), "subchainInfo", chain);
    boolean merged = "ILLEGAL".equals(info(disk, top).get("legality"));
    if (!merged) {
      task(disk, "StoragePool.prepareMerge", pooled, 0, correlation);
      job(disk, job, "SDM.merge", Map.of("job_id", job, "subchain_info", chain), correlation);
    }
    task(disk, "StoragePool.finalizeMerge", pooled, 0, correlation);
  }

  /** What a host says of a volume (VDSM's VolumeInfo). */
  public Map<String, Object> info(Disk disk, String volume) {
    return patiently(disk, host -> host.object("Volume.getInfo", address(disk, volume)));
  }

  /** A verb that starts a task, to its end; an answer with this code means that it is done. */
  public void task(
      Disk disk,
      String verb,
      Map<String, ?> parameters,
      int doneCode,
      @Nullable String correlation) {
    patiently(
        disk,
        host -> {
          new HostStorage(host, correlation).task(verb, parameters, doneCode);
          return verb;
        });
  }

  /** A verb that starts a job, to its end; one whose agent died is started again. */
  public void job(
      Disk disk, String job, String verb, Map<String, ?> parameters, @Nullable String correlation) {
    patiently(
        disk,
        host -> {
          host.call(verb, parameters, PATIENCE, correlation);
          while (true) {
            Map<?, ?> status = status(host, job);
            if ("done".equals(status.get("status"))) {
              return job;
            }
            if ("failed".equals(status.get("status"))) {
              throw new IllegalStateException("The host's job failed: " + status.get("error"));
            }
            if (status.isEmpty()) {
              // The agent that ran it has started anew.
              host.call(verb, parameters, PATIENCE, correlation);
            }
            sleep(LOOK);
          }
        });
  }

  private static Map<?, ?> status(HostCalls host, String job) {
    Map<String, Object> jobs = host.object("Host.getJobs", Map.of("job_ids", List.of(job)));
    return jobs.get(job) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The same job has the same id, however often it is started. */
  public static String jobId(String... parts) {
    return UUID.nameUUIDFromBytes(String.join("/", parts).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private <T> T patiently(Disk disk, Function<HostCalls, T> work) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<HostCalls> host = host(disk);
      try {
        if (host.isPresent()) {
          return work.apply(host.get());
        }
        if (System.nanoTime() > end) {
          throw new IllegalStateException("No host of the data center is up and connected");
        }
      } catch (HostUnreachable e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      } catch (HostCallFailed e) {
        boolean restarted = e.code() == NO_SUCH_TASK || e.code() == HostCallFailed.RECOVERING;
        if (!restarted || System.nanoTime() > end) {
          throw e;
        }
      }
      sleep(PAUSE);
    }
  }

  private Optional<HostCalls> host(Disk disk) {
    return StorageHosts.up(platform.snapshot(), pool(disk)).stream()
        .flatMap(host -> fleet.get().find(host.id()).stream())
        .findFirst();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host works", e);
    }
  }
}
