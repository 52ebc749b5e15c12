package io.overt.libvirt;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A domain's disks. A disk is named by its target ({@code vda}). */
public final class DomainBlocks {
  private final Target self;

  DomainBlocks(Target self) {
    this.self = self;
  }

  public BlockInfo info(String disk) {
    return self.get(
        "information on disk " + disk,
        (arena, domain) -> {
          MemorySegment info = arena.allocate(24, 8);
          Native.check(Function.DOMAIN_GET_BLOCK_INFO, domain, Native.text(arena, disk), info, 0);
          return new BlockInfo(
              info.get(Native.LONG, 0), info.get(Native.LONG, 8), info.get(Native.LONG, 16));
        });
  }

  /** The guest sees the new size at once. */
  public void resize(String disk, long bytes) {
    int sizeInBytes = 1;
    self.run(
        "resizing disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BLOCK_RESIZE,
                domain,
                Native.text(arena, disk),
                bytes,
                sizeInBytes));
  }

  /**
   * Starts a mirror of a disk to another place; at the READY event a pivot moves the guest over.
   *
   * @param destination a {@code <disk>} element
   */
  public void copy(
      String disk, String destination, TypedParameters parameters, Flags.BlockCopy... flags) {
    self.run(
        "copying disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BLOCK_COPY,
                domain,
                Native.text(arena, disk),
                Native.text(arena, destination),
                parameters.write(arena),
                parameters.size(),
                Flags.of(flags)));
  }

  /**
   * Starts to merge a layer into one below.
   *
   * @param base the layer that receives, null for the lowest; a path or {@code vda[2]}
   * @param top the layer that goes, null for the active one
   * @param bandwidth MiB/s, 0 for no limit
   */
  public void commit(
      String disk,
      @Nullable String base,
      @Nullable String top,
      long bandwidth,
      Flags.BlockCommit... flags) {
    self.run(
        "committing disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BLOCK_COMMIT,
                domain,
                Native.text(arena, disk),
                Native.text(arena, base),
                Native.text(arena, top),
                bandwidth,
                Flags.of(flags)));
  }

  /** Starts to copy everything from below into the active layer. */
  public void pull(String disk, long bandwidth) {
    self.run(
        "pulling disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BLOCK_PULL, domain, Native.text(arena, disk), bandwidth, 0));
  }

  /** The running job of a disk. */
  public Optional<BlockJobInfo> job(String disk) {
    return self.get(
        "block job of " + disk,
        (arena, domain) -> {
          // {int type; ulong bandwidth; ulonglong cur; ulonglong end}
          MemorySegment info = arena.allocate(32, 8);
          int found =
              Native.check(
                  Function.DOMAIN_GET_BLOCK_JOB_INFO, domain, Native.text(arena, disk), info, 0);
          return found == 0
              ? Optional.empty()
              : Optional.of(
                  new BlockJobInfo(
                      Upcalls.blockJobType(info.get(Native.INT, 0)),
                      info.get(Native.LONG, 8),
                      info.get(Native.LONG, 16),
                      info.get(Native.LONG, 24)));
        });
  }

  /** Ends a job; with PIVOT the guest goes on with the new image. */
  public void abortJob(String disk, Flags.BlockJobAbort... flags) {
    self.runLong(
        "ending the block job of " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BLOCK_JOB_ABORT,
                domain,
                Native.text(arena, disk),
                Flags.of(flags)));
  }

  /** Takes a snapshot as {@code <domainsnapshot>} describes. */
  public void createSnapshot(String xml, Flags.Snapshot... flags) {
    self.runLong(
        "snapshot",
        (arena, domain) ->
            Native.number(
                Function.DOMAIN_SNAPSHOT_FREE,
                Native.pointer(
                    Function.DOMAIN_SNAPSHOT_CREATE_XML,
                    domain,
                    Native.text(arena, xml),
                    Flags.of(flags))));
  }

  /** Defines again a checkpoint that an earlier run of the guest had. */
  public void redefineCheckpoint(String xml) {
    int redefine = 1;
    self.run(
        "checkpoint",
        (arena, domain) ->
            Native.number(
                Function.DOMAIN_CHECKPOINT_FREE,
                Native.pointer(
                    Function.DOMAIN_CHECKPOINT_CREATE_XML,
                    domain,
                    Native.text(arena, xml),
                    redefine)));
  }

  public void deleteCheckpoint(String name) {
    self.runLong(
        "removal of checkpoint " + name,
        (arena, domain) -> {
          MemorySegment checkpoint =
              Native.pointer(
                  Function.DOMAIN_CHECKPOINT_LOOKUP_BY_NAME, domain, Native.text(arena, name), 0);
          try {
            Native.check(Function.DOMAIN_CHECKPOINT_DELETE, checkpoint, 0);
          } finally {
            Native.number(Function.DOMAIN_CHECKPOINT_FREE, checkpoint);
          }
        });
  }

  /** Starts a backup ({@code <domainbackup>}); it is a job, ended by {@link DomainJobs#abort}. */
  public void beginBackup(String xml, @Nullable String checkpoint) {
    self.runLong(
        "backup",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_BACKUP_BEGIN,
                domain,
                Native.text(arena, xml),
                Native.text(arena, checkpoint),
                0));
  }

  /** The running backup with the ports and paths that libvirt filled in. */
  public String backupXml() {
    return self.get(
        "backup",
        (arena, domain) -> Native.ownedText(Function.DOMAIN_BACKUP_GET_XML_DESC, domain, 0));
  }

  /** Limits such as {@code total_bytes_sec} (unsigned long). */
  public void setIoTune(String disk, TypedParameters parameters, Flags.Affect... affect) {
    self.run(
        "I/O limits of disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_BLOCK_IO_TUNE,
                domain,
                Native.text(arena, disk),
                parameters.write(arena),
                parameters.size(),
                Flags.of(affect)));
  }

  /** Asks for one BlockThreshold event when more than so many bytes are written; 0 for none. */
  public void setThreshold(String disk, long bytes) {
    self.run(
        "threshold of disk " + disk,
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_BLOCK_THRESHOLD, domain, Native.text(arena, disk), bytes, 0));
  }
}
