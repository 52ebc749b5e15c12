package io.overt.libvirt;

/** The flags of libvirt's calls, an enum for each kind, in libvirt's bits. */
public final class Flags {
  private Flags() {}

  /**
   * One bit of an {@code unsigned int flags}: libvirt's bits have no gaps, so the position tells
   * it.
   */
  interface Bit {
    int ordinal();

    default int bit() {
      return 1 << ordinal();
    }
  }

  static int of(Bit[] flags) {
    int bits = 0;
    for (Bit flag : flags) {
      bits |= flag.bit();
    }
    return bits;
  }

  /** For {@link Connection#createDomain} and {@link Domain#start}. */
  public enum Create implements Bit {
    PAUSED,
    AUTO_DESTROY,
    BYPASS_CACHE,
    FORCE_BOOT,
    VALIDATE,
    RESET_NVRAM;
  }

  /**
   * For {@link Domain#shutdown} and {@link Domain#reboot}: who asks the guest. None: libvirt
   * chooses.
   */
  public enum Shutdown implements Bit {
    ACPI_POWER_BUTTON,
    GUEST_AGENT;
  }

  /** For {@link Domain#destroy}. Graceful: SIGTERM only, and an error when that is not enough. */
  public enum Destroy implements Bit {
    GRACEFUL,
    REMOVE_LOGS;
  }

  /** For {@link Domain#xml}. SECURE includes passwords. */
  public enum Xml implements Bit {
    SECURE,
    INACTIVE,
    UPDATE_CPU,
    MIGRATABLE;
  }

  /** What a modification touches. None: the current state, running or not. */
  public enum Affect implements Bit {
    LIVE,
    CONFIG,
    /** For devices: also what cannot be ejected gently. */
    FORCE;
  }

  /** For {@link Domain#save} and {@link Connection#restore}. */
  public enum Save implements Bit {
    BYPASS_CACHE,
    RUNNING,
    PAUSED;
  }

  /** For {@link DomainJobs#migrate}. UNSAFE only when the storage is known to be shared. */
  public enum Migrate implements Bit {
    LIVE,
    PEER_TO_PEER,
    TUNNELLED,
    PERSIST_DESTINATION,
    UNDEFINE_SOURCE,
    PAUSED,
    NON_SHARED_DISK,
    NON_SHARED_INCREMENTAL,
    CHANGE_PROTECTION,
    UNSAFE,
    OFFLINE,
    COMPRESSED,
    ABORT_ON_ERROR,
    AUTO_CONVERGE,
    RDMA_PIN_ALL,
    POST_COPY,
    TLS,
    PARALLEL,
    NON_SHARED_SYNCHRONOUS_WRITES,
    POST_COPY_RESUME,
    ZERO_COPY;
  }

  /** For {@link DomainBlocks#copy}. */
  public enum BlockCopy implements Bit {
    SHALLOW,
    REUSE_EXTERNAL,
    TRANSIENT_JOB,
    SYNCHRONOUS_WRITES;
  }

  /** For {@link DomainBlocks#commit}. */
  public enum BlockCommit implements Bit {
    SHALLOW,
    DELETE,
    ACTIVE,
    RELATIVE,
    BANDWIDTH_IN_BYTES;
  }

  /** For {@link DomainBlocks#abortJob}. */
  public enum BlockJobAbort implements Bit {
    ASYNCHRONOUS,
    PIVOT;
  }

  /** For {@link DomainBlocks#createSnapshot}. */
  public enum Snapshot implements Bit {
    REDEFINE,
    CURRENT,
    NO_METADATA,
    HALT,
    DISK_ONLY,
    REUSE_EXTERNAL,
    QUIESCE,
    ATOMIC,
    LIVE,
    VALIDATE;
  }

  /** For {@link Connection#domains}: none means all. */
  public enum ListDomains implements Bit {
    ACTIVE,
    INACTIVE,
    PERSISTENT,
    TRANSIENT,
    RUNNING,
    PAUSED,
    SHUTOFF,
    OTHER;
  }

  /** The groups of {@link Connection#statistics}. */
  public enum Statistics implements Bit {
    STATE,
    CPU_TOTAL,
    BALLOON,
    VCPU,
    INTERFACE,
    BLOCK,
    PERF,
    IO_THREAD,
    MEMORY,
    DIRTY_RATE,
    VM;
  }
}
