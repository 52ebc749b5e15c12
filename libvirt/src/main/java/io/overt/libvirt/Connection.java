package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a libvirtd. All methods may be called from any thread, virtual ones too, and
 * answer within the deadline or throw a {@link LibvirtException}. When libvirtd goes away the
 * listeners hear {@link ConnectionListener#closed}; the guests run on; open a new connection.
 */
public final class Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Cleaner CLEANER = Cleaner.create();

  /** How long an ordinary call may take. libvirt itself waits up to 30 s for a busy guest. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);

  // A dead peer is noticed after 5 s times 3.
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int KEEP_ALIVE_COUNT = 3;

  private final String uri;
  private final Duration deadline;
  private final Target self;
  private final Deliveries deliveries;
  private final long upcallId;
  private final List<Integer> callbacks = new ArrayList<>();
  private final Set<Handle> domains = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Connection(String uri, Duration deadline, MemorySegment pointer, Deliveries deliveries) {
    this.uri = uri;
    this.deadline = deadline;
    this.deliveries = deliveries;
    this.upcallId = Upcalls.register(deliveries);
    this.self = new Target(new Handle(pointer, Function.CONNECT_CLOSE, () -> {}), uri, deadline);
  }

  /**
   * Opens a connection with events and keep-alive.
   *
   * @param uri for example {@code qemu:///system} or {@code qemu+unix:///system?socket=PATH}
   */
  public static Connection open(String uri) {
    return open(uri, DEFAULT_DEADLINE);
  }

  public static Connection open(String uri, Duration deadline) {
    return Calls.SHORT.run(
        deadline,
        "open " + uri,
        arena -> {
          EventLoop.ensureRunning();
          MemorySegment pointer = Native.pointer(Function.CONNECT_OPEN, Native.text(arena, uri));
          Connection connection = new Connection(uri, deadline, pointer, new Deliveries(uri));
          connection.prepare(pointer);
          return connection;
        });
  }

  /** Not every driver knows keep-alive, close callbacks or all kinds of events; QEMU's does. */
  private void prepare(MemorySegment pointer) {
    MemorySegment id = MemorySegment.ofAddress(upcallId);
    Native.number(Function.CONNECT_SET_KEEP_ALIVE, pointer, KEEP_ALIVE_SECONDS, KEEP_ALIVE_COUNT);
    Native.number(
        Function.CONNECT_REGISTER_CLOSE_CALLBACK, pointer, Upcalls.CLOSED, id, Native.NULL);
    for (Upcalls.Kind kind : Upcalls.KINDS) {
      int callback =
          Native.number(
              Function.CONNECT_EVENT_REGISTER,
              pointer,
              Native.NULL,
              kind.number(),
              kind.function(),
              id,
              Native.NULL);
      if (callback >= 0) {
        callbacks.add(callback);
      } else {
        LOG.debug("{} has no events of kind {}", uri, kind.number());
      }
    }
  }

  public String uri() {
    return uri;
  }

  /** Adds a listener for everything that happens from now on. */
  public Subscription listen(ConnectionListener listener) {
    return deliveries.add(listener);
  }

  /** Whether libvirtd is still there, as far as the last keep-alive knows. */
  public boolean alive() {
    return !closed
        && self.get(
            "aliveness",
            (arena, pointer) -> Native.number(Function.CONNECT_IS_ALIVE, pointer) == 1);
  }

  public String hostname() {
    return text("hostname", Function.CONNECT_GET_HOSTNAME);
  }

  /** The version of libvirtd's library. */
  public Version libraryVersion() {
    return version("library version", Function.CONNECT_GET_LIB_VERSION);
  }

  /** The version of QEMU. */
  public Version hypervisorVersion() {
    return version("hypervisor version", Function.CONNECT_GET_VERSION);
  }

  private Version version(String what, Function function) {
    return self.get(
        what,
        (arena, pointer) -> {
          MemorySegment result = arena.allocate(Native.LONG);
          Native.check(function, pointer, result);
          return Version.of(result.get(Native.LONG, 0));
        });
  }

  private String text(String what, Function function) {
    return self.get(what, (arena, pointer) -> Native.ownedText(function, pointer));
  }

  /** XML of the host: CPU, topology, guest types. */
  public String capabilities() {
    return text("capabilities", Function.CONNECT_GET_CAPABILITIES);
  }

  /** SMBIOS data as XML; NO_SUPPORT or CONFIG_UNSUPPORTED where the firmware tells nothing. */
  public String systemInformation() {
    return self.get(
        "system information",
        (arena, pointer) -> Native.ownedText(Function.CONNECT_GET_SYSINFO, pointer, 0));
  }

  /** XML of what guests may be given; null stands for libvirt's default. */
  public String domainCapabilities(
      @Nullable String emulator,
      @Nullable String architecture,
      @Nullable String machine,
      @Nullable String virtType) {
    return self.get(
        "domain capabilities",
        (arena, pointer) ->
            Native.ownedText(
                Function.CONNECT_GET_DOMAIN_CAPABILITIES,
                pointer,
                Native.text(arena, emulator),
                Native.text(arena, architecture),
                Native.text(arena, machine),
                Native.text(arena, virtType),
                0));
  }

  /** Names of CPU models, for example of {@code x86_64}. */
  public List<String> cpuModelNames(String architecture) {
    return self.get(
        "CPU models",
        (arena, pointer) -> {
          MemorySegment list = arena.allocate(Native.POINTER);
          int count =
              Native.check(
                  Function.CONNECT_GET_CPU_MODEL_NAMES,
                  pointer,
                  Native.text(arena, architecture),
                  list,
                  0);
          return NativeList.take(list, count, Native::text, Function.FREE);
        });
  }

  /**
   * The largest CPU (XML) that all of the given ones (XML) can offer under a virtualization type.
   */
  public String baselineCpu(String architecture, String virtType, List<String> cpus) {
    return self.get(
        "baseline CPU",
        (arena, pointer) ->
            Native.ownedText(
                Function.CONNECT_BASELINE_HYPERVISOR_CPU,
                pointer,
                Native.NULL,
                Native.text(arena, architecture),
                Native.NULL,
                Native.text(arena, virtType),
                Native.texts(arena, cpus),
                cpus.size(),
                0));
  }

  /** Whether this host offers at least the given CPU (XML) under a virtualization type. */
  public boolean offersCpu(String architecture, String virtType, String cpu) {
    return self.get(
        "comparison of CPUs",
        (arena, pointer) ->
            Native.check(
                    Function.CONNECT_COMPARE_HYPERVISOR_CPU,
                    pointer,
                    Native.NULL,
                    Native.text(arena, architecture),
                    Native.NULL,
                    Native.text(arena, virtType),
                    Native.text(arena, cpu),
                    0)
                > 0);
  }

  /** All domains that match; flags of one group (ACTIVE, INACTIVE) are alternatives. */
  public List<Domain> domains(Flags.ListDomains... filter) {
    return self.get(
        "domains",
        (arena, pointer) -> {
          MemorySegment list = arena.allocate(Native.POINTER);
          int count =
              Native.check(Function.CONNECT_LIST_ALL_DOMAINS, pointer, list, Flags.of(filter));
          // The domains take over the references; only the array is freed.
          return NativeList.take(list, count, domain -> adopt(arena, domain), null);
        });
  }

  /** Throws NO_DOMAIN when there is none. */
  public Domain domain(UUID uuid) {
    return self.get(
        "lookup of domain " + uuid,
        (arena, pointer) ->
            adopt(
                arena,
                Native.pointer(
                    Function.DOMAIN_LOOKUP_BY_UUID, pointer, Native.text(arena, uuid.toString()))));
  }

  public Optional<Domain> findDomain(UUID uuid) {
    try {
      return Optional.of(domain(uuid));
    } catch (LibvirtException problem) {
      if (problem.is(ErrorCode.NO_DOMAIN)) {
        return Optional.empty();
      }
      throw problem;
    }
  }

  /** Throws NO_DOMAIN when there is none. */
  public Domain domain(String name) {
    return self.get(
        "lookup of domain " + name,
        (arena, pointer) ->
            adopt(
                arena,
                Native.pointer(Function.DOMAIN_LOOKUP_BY_NAME, pointer, Native.text(arena, name))));
  }

  /** Creates and starts a transient domain: it ceases to exist when it stops. */
  public Domain createDomain(String xml, Flags.Create... flags) {
    return self.getLong(
        "creation of a domain",
        (arena, pointer) ->
            adopt(
                arena,
                Native.pointer(
                    Function.DOMAIN_CREATE_XML,
                    pointer,
                    Native.text(arena, xml),
                    Flags.of(flags))));
  }

  /** Defines a persistent domain, or replaces its definition. */
  public Domain defineDomain(String xml) {
    return self.get(
        "definition of a domain",
        (arena, pointer) ->
            adopt(
                arena,
                Native.pointer(Function.DOMAIN_DEFINE_XML, pointer, Native.text(arena, xml), 0)));
  }

  /** Starts a saved domain; xml replaces the saved definition where it may differ. */
  public void restore(String path, @Nullable String xml, Flags.Save... flags) {
    self.runLong(
        "restoring from " + path,
        (arena, pointer) ->
            Native.check(
                Function.DOMAIN_RESTORE,
                pointer,
                Native.text(arena, path),
                Native.text(arena, xml),
                Flags.of(flags)));
  }

  /** Takes over a reference to a domain. */
  private Domain adopt(Arena arena, MemorySegment pointer) {
    Handle[] own = new Handle[1];
    Handle handle = new Handle(pointer, Function.DOMAIN_FREE, () -> domains.remove(own[0]));
    own[0] = handle;
    domains.add(handle);
    if (closed) {
      handle.close();
      throw new LibvirtException(
          ErrorCode.INVALID_CONN, 0, "the connection " + uri + " to libvirt is closed");
    }
    String name = Native.text(Native.pointer(Function.DOMAIN_GET_NAME, pointer));
    Domain domain =
        new Domain(
            new Target(handle, "domain " + name, deadline), Upcalls.uuid(arena, pointer), name);
    CLEANER.register(domain, handle);
    return domain;
  }

  /**
   * The statistics of all running domains in one call. Domains that are busy with another operation
   * are told with what is known without asking QEMU.
   */
  public List<DomainStatistics> statistics(Flags.Statistics... groups) {
    return self.get(
        "statistics",
        (arena, pointer) -> {
          int active = Flags.ListDomains.ACTIVE.bit();
          int noWait = 1 << 29;
          MemorySegment list = arena.allocate(Native.POINTER);
          int count =
              Native.check(
                  Function.CONNECT_GET_ALL_DOMAIN_STATS,
                  pointer,
                  Flags.of(groups),
                  list,
                  active | noWait);
          return DomainStatisticsReader.take(arena, list, count);
        });
  }

  public NodeInfo nodeInfo() {
    return self.get("node information", (arena, pointer) -> NodeReader.info(arena, pointer));
  }

  /**
   * CPU times of the host in nanoseconds since boot: kernel, user, idle, iowait.
   *
   * @param cpu a CPU's number, or -1 for the sum of all
   */
  public Map<String, Long> cpuStatistics(int cpu) {
    return self.get(
        "CPU statistics",
        (arena, pointer) ->
            NodeReader.statistics(arena, pointer, Function.NODE_GET_CPU_STATS, cpu));
  }

  /** Memory of the host in KiB: total, free, buffers, cached. -1 stands for all NUMA cells. */
  public Map<String, Long> memoryStatistics(int cell) {
    return self.get(
        "memory statistics",
        (arena, pointer) ->
            NodeReader.statistics(arena, pointer, Function.NODE_GET_MEMORY_STATS, cell));
  }

  /** The XML of all devices of the host by name. */
  public Map<String, String> nodeDevices() {
    return self.get(
        "node devices",
        (arena, pointer) -> {
          MemorySegment list = arena.allocate(Native.POINTER);
          int count = Native.check(Function.CONNECT_LIST_ALL_NODE_DEVICES, pointer, list, 0);
          Map<String, String> devices = new TreeMap<>();
          List<String> all =
              NativeList.take(
                  list,
                  count,
                  device -> Native.ownedText(Function.NODE_DEVICE_GET_XML_DESC, device, 0),
                  Function.NODE_DEVICE_FREE);
          for (String xml : all) {
            int start = xml.indexOf("<name>") + 6;
            devices.put(xml.substring(start, xml.indexOf("</name>")), xml);
          }
          return devices;
        });
  }

  /** Defines a network filter, or replaces it. */
  public void defineNetworkFilter(String xml) {
    self.run(
        "definition of a network filter",
        (arena, pointer) ->
            Native.number(
                Function.NWFILTER_FREE,
                Native.pointer(Function.NWFILTER_DEFINE_XML, pointer, Native.text(arena, xml))));
  }

  public boolean hasNetworkFilter(String name) {
    return self.get(
        "lookup of network filter " + name,
        (arena, pointer) -> {
          MemorySegment filter =
              Native.pointerOrNull(
                  Function.NWFILTER_LOOKUP_BY_NAME, pointer, Native.text(arena, name));
          if (filter.address() != 0) {
            Native.number(Function.NWFILTER_FREE, filter);
            return true;
          }
          LibvirtException reason = Native.lastError(Function.NWFILTER_LOOKUP_BY_NAME);
          if (reason.is(ErrorCode.NO_NWFILTER)) {
            return false;
          }
          throw reason;
        });
  }

  /** Defines a secret (XML with its uuid) and its value. The value is wiped from native memory. */
  public void defineSecret(String xml, byte[] value) {
    self.run(
        "definition of a secret",
        (arena, pointer) -> {
          MemorySegment secret =
              Native.pointer(Function.SECRET_DEFINE_XML, pointer, Native.text(arena, xml), 0);
          MemorySegment copy = arena.allocate(Math.max(1, value.length));
          try {
            MemorySegment.copy(
                value, 0, copy, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, value.length);
            Native.check(Function.SECRET_SET_VALUE, secret, copy, (long) value.length, 0);
          } finally {
            copy.fill((byte) 0);
            Native.number(Function.SECRET_FREE, secret);
          }
        });
  }

  /** Forgets a secret; there being none is no error. */
  public void undefineSecret(UUID uuid) {
    self.run(
        "removal of a secret",
        (arena, pointer) -> {
          MemorySegment secret =
              Native.pointerOrNull(
                  Function.SECRET_LOOKUP_BY_UUID, pointer, Native.text(arena, uuid.toString()));
          if (secret.address() != 0) {
            try {
              Native.check(Function.SECRET_UNDEFINE, secret);
            } finally {
              Native.number(Function.SECRET_FREE, secret);
            }
          }
        });
  }

  /** Ends the connection. Its domains can not be used any more; the guests run on. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Upcalls.unregister(upcallId);
    deliveries.end();
    try {
      self.run("close", (arena, pointer) -> deregister(pointer));
    } catch (LibvirtException problem) {
      LOG.debug("Closing {}", uri, problem);
    }
    domains.forEach(Handle::close);
    self.handle().close();
  }

  /** When libvirtd is gone already each of these fails, and nothing is lost by that. */
  private void deregister(MemorySegment pointer) {
    for (int callback : callbacks) {
      Native.number(Function.CONNECT_EVENT_DEREGISTER, pointer, callback);
    }
    Native.number(Function.CONNECT_UNREGISTER_CLOSE_CALLBACK, pointer, Upcalls.CLOSED);
  }

  @Override
  public String toString() {
    return "connection " + uri;
  }
}
