package io.overt.libvirt;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A domain's migration, and the progress of this and of saves, dumps and backups. */
public final class DomainJobs {
  private static final int COMPLETED = 1;

  private final Target self;

  DomainJobs(Target self) {
    this.self = self;
  }

  /**
   * Moves the guest, and returns when that is done or failed. An abort ends it with
   * OPERATION_ABORTED while the guest runs on here. Afterwards this domain is gone from this host.
   *
   * @param destination libvirt's URI of the other host, as seen from this host's libvirtd
   * @param parameters for example {@code migrate_uri}, {@code destination_xml}, {@code
   *     graphics_uri}, {@code listen_address} (texts), {@code bandwidth} (unsigned long, MiB/s),
   *     {@code parallel.connections} (int)
   */
  public void migrate(String destination, TypedParameters parameters, Flags.Migrate... flags) {
    self.runLong(
        "migration",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_MIGRATE,
                domain,
                Native.text(arena, destination),
                parameters.write(arena),
                parameters.size(),
                Flags.of(flags)));
  }

  public void setMaximumDowntime(Duration downtime) {
    self.run(
        "setting the downtime",
        (arena, domain) ->
            Native.check(Function.DOMAIN_MIGRATE_SET_MAX_DOWNTIME, domain, downtime.toMillis(), 0));
  }

  public void setMaximumSpeed(long mebibytesPerSecond) {
    self.run(
        "setting the speed",
        (arena, domain) ->
            Native.check(Function.DOMAIN_MIGRATE_SET_MAX_SPEED, domain, mebibytesPerSecond, 0));
  }

  /** Lets the guest run on the other side at once; needs the flag POST_COPY in the migration. */
  public void startPostCopy() {
    self.run(
        "switch to post-copy",
        (arena, domain) -> Native.check(Function.DOMAIN_MIGRATE_START_POST_COPY, domain, 0));
  }

  /** The running job; kind NONE when there is none. */
  public JobStatistics current() {
    return statistics(0);
  }

  /** The last job that ended; it is told once. */
  public JobStatistics completed() {
    return statistics(COMPLETED);
  }

  private JobStatistics statistics(int flags) {
    return self.get(
        "job statistics",
        (arena, domain) -> {
          MemorySegment kind = arena.allocate(Native.INT);
          MemorySegment parameters = arena.allocate(Native.POINTER);
          MemorySegment count = arena.allocate(Native.INT);
          Native.check(Function.DOMAIN_GET_JOB_STATS, domain, kind, parameters, count, flags);
          MemorySegment array = parameters.get(Native.POINTER, 0);
          try {
            return new JobStatistics(
                kind(kind.get(Native.INT, 0)),
                TypedParameters.read(array, count.get(Native.INT, 0)));
          } finally {
            Native.run(Function.TYPED_PARAMS_FREE, array, count.get(Native.INT, 0));
          }
        });
  }

  private static JobStatistics.Kind kind(int number) {
    JobStatistics.Kind[] all = JobStatistics.Kind.values();
    return number >= 0 && number < all.length ? all[number] : JobStatistics.Kind.NONE;
  }

  /** OPERATION_INVALID when there is no job. */
  public void abort() {
    self.run("abort of a job", (arena, domain) -> Native.check(Function.DOMAIN_ABORT_JOB, domain));
  }
}
