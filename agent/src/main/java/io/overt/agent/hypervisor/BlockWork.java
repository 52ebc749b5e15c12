package io.overt.agent.hypervisor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changes of the images below the disks of a running domain. A disk is named by its target. */
public interface BlockWork {

  /** The files that a disk shows, the one that is written to first. */
  List<String> layers(UUID domain, String target);

  /**
   * Lets disks be written to in new files from now on, all at the same moment.
   *
   * @param files by disk; each exists, with the disk's present file below it
   * @param memory a file that takes the guest's memory of that moment
   */
  void snapshot(UUID domain, Map<String, String> files, Optional<String> memory);

  /**
   * Starts to merge all files above one, up to another one, into that one. When the upper one is
   * being written to, the job has to be ended by {@link #pivot} once it is ready.
   *
   * @param bandwidth MiB/s, 0 for no limit
   */
  void commit(UUID domain, String target, String base, String top, long bandwidth);

  /** The job that works on a disk. */
  Optional<BlockJob> blockJob(UUID domain, String target);

  /**
   * Starts to copy what a disk holds in its uppermost file into another one; from the moment when
   * that is done, whatever the guest writes is in both files before it hears of success. To be
   * ended by {@link #pivot} once it is ready, or by {@link #cancel}.
   *
   * @param file exists; what is below it is looked at only when the job ends
   */
  void copy(UUID domain, String target, String file);

  /** The file that a copy goes to, while there is one. */
  Optional<String> copyTarget(UUID domain, String target);

  /** Ends a job: the disk is written to where it was before. */
  void cancel(UUID domain, String target);

  /** Ends a job that is ready: the disk is written to where the job has copied to. */
  void pivot(UUID domain, String target);

  /** The guest sees the new size at once. */
  void resizeDisk(UUID domain, String target, long bytes);

  /**
   * How far a job is.
   *
   * @param ready whether it waits for {@link #pivot}
   */
  record BlockJob(long done, long total, boolean ready) {

    public int percent() {
      return total <= 0 ? 0 : Math.clamp(done * 100 / total, 0, 99);
    }
  }
}
