package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A guest, or its definition. Its native reference is given back when the object is no longer
 * reachable or its connection is closed; there is nothing to close. Calls on a guest that is gone
 * throw NO_DOMAIN, calls in the wrong state OPERATION_INVALID.
 */
public final class Domain {
  private static final int METADATA_ELEMENT = 2;

  private final Target self;
  private final UUID uuid;
  private final String name;

  Domain(Target self, UUID uuid, String name) {
    this.self = self;
    this.uuid = uuid;
    this.name = name;
  }

  public UUID uuid() {
    return uuid;
  }

  public String name() {
    return name;
  }

  /** Migration and what else libvirt calls a job. */
  public DomainJobs jobs() {
    return new DomainJobs(self);
  }

  /** Disks: copy, commit, resize, snapshots, backups. */
  public DomainBlocks blocks() {
    return new DomainBlocks(self);
  }

  /** What the guest agent does. */
  public DomainGuest guest() {
    return new DomainGuest(self);
  }

  public DomainStatus status() {
    return self.get(
        "state",
        (arena, domain) -> {
          MemorySegment state = arena.allocate(Native.INT);
          MemorySegment reason = arena.allocate(Native.INT);
          Native.check(Function.DOMAIN_GET_STATE, domain, state, reason, 0);
          return DomainStatus.of(state.get(Native.INT, 0), reason.get(Native.INT, 0));
        });
  }

  public DomainInfo info() {
    return self.get(
        "information",
        (arena, domain) -> {
          // {uchar state; ulong maxMem; ulong memory; ushort nrVirtCpu; ulonglong cpuTime}
          MemorySegment info = arena.allocate(40, 8);
          Native.check(Function.DOMAIN_GET_INFO, domain, info);
          return new DomainInfo(
              DomainState.of(info.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0)),
              info.get(Native.LONG, 8),
              info.get(Native.LONG, 16),
              Short.toUnsignedInt(info.get(java.lang.foreign.ValueLayout.JAVA_SHORT, 24)),
              info.get(Native.LONG, 32));
        });
  }

  public String xml(Flags.Xml... flags) {
    return self.get(
        "XML",
        (arena, domain) -> Native.ownedText(Function.DOMAIN_GET_XML_DESC, domain, Flags.of(flags)));
  }

  /** Starts a defined domain. */
  public void start(Flags.Create... flags) {
    self.runLong(
        "start", (arena, domain) -> Native.check(Function.DOMAIN_CREATE, domain, Flags.of(flags)));
  }

  public void undefine() {
    self.run("removal", (arena, domain) -> Native.check(Function.DOMAIN_UNDEFINE, domain, 0));
  }

  public void suspend() {
    self.run("suspension", (arena, domain) -> Native.check(Function.DOMAIN_SUSPEND, domain));
  }

  public void resume() {
    self.run("resumption", (arena, domain) -> Native.check(Function.DOMAIN_RESUME, domain));
  }

  /** Asks the guest to power off, and returns without waiting for it. */
  public void shutdown(Flags.Shutdown... by) {
    self.run(
        "shutdown",
        (arena, domain) -> Native.check(Function.DOMAIN_SHUTDOWN, domain, Flags.of(by)));
  }

  /** Asks the guest to reboot, and returns without waiting for it. */
  public void reboot(Flags.Shutdown... by) {
    self.run(
        "reboot", (arena, domain) -> Native.check(Function.DOMAIN_REBOOT, domain, Flags.of(by)));
  }

  /** The reset button: the guest is not asked. */
  public void reset() {
    self.run("reset", (arena, domain) -> Native.check(Function.DOMAIN_RESET, domain, 0));
  }

  /** Pulls the plug. A transient domain is gone after this. */
  public void destroy(Flags.Destroy... flags) {
    self.run(
        "destruction",
        (arena, domain) -> Native.check(Function.DOMAIN_DESTROY, domain, Flags.of(flags)));
  }

  /** Writes memory and state to a file and stops the guest. Progress through {@link #jobs()}. */
  public void save(String path, @Nullable String xml, Flags.Save... flags) {
    self.runLong(
        "saving",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SAVE,
                domain,
                Native.text(arena, path),
                Native.text(arena, xml),
                Flags.of(flags)));
  }

  /** Writes the guest's memory as an ELF core file, without stopping it. */
  public void dumpMemory(String path) {
    int live = 1 << 1;
    int memoryOnly = 1 << 4;
    self.runLong(
        "memory dump",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_CORE_DUMP, domain, Native.text(arena, path), 0, live | memoryOnly));
  }

  /**
   * Sets or, with null, removes the metadata element of a namespace.
   *
   * @param xml the element, without a namespace declaration of its own
   * @param prefix the namespace prefix that libvirt writes
   */
  public void setMetadata(
      String namespace, String prefix, @Nullable String xml, Flags.Affect... affect) {
    self.run(
        "metadata",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_METADATA,
                domain,
                METADATA_ELEMENT,
                Native.text(arena, xml),
                Native.text(arena, prefix),
                Native.text(arena, namespace),
                Flags.of(affect)));
  }

  /** The metadata element of a namespace. */
  public Optional<String> metadata(String namespace, Flags.Affect... affect) {
    try {
      return Optional.of(
          self.get(
              "metadata",
              (arena, domain) ->
                  Native.ownedText(
                      Function.DOMAIN_GET_METADATA,
                      domain,
                      METADATA_ELEMENT,
                      Native.text(arena, namespace),
                      Flags.of(affect))));
    } catch (LibvirtException problem) {
      if (problem.is(ErrorCode.NO_DOMAIN_METADATA)) {
        return Optional.empty();
      }
      throw problem;
    }
  }

  public void attachDevice(String xml, Flags.Affect... affect) {
    device("attaching a device", Function.DOMAIN_ATTACH_DEVICE, xml, affect);
  }

  /** Asks the guest to give a device up: gone at the DeviceRemoved event, not at the return. */
  public void detachDevice(String xml, Flags.Affect... affect) {
    device("detaching a device", Function.DOMAIN_DETACH_DEVICE, xml, affect);
  }

  /** As {@link #detachDevice}, by alias (those that a manager gives start with {@code ua-}). */
  public void detachDeviceByAlias(String alias, Flags.Affect... affect) {
    device("detaching device " + alias, Function.DOMAIN_DETACH_DEVICE_ALIAS, alias, affect);
  }

  /** Changes a device in place: a medium, a NIC's link, a console's password. */
  public void updateDevice(String xml, Flags.Affect... affect) {
    device("updating a device", Function.DOMAIN_UPDATE_DEVICE, xml, affect);
  }

  private void device(String what, Function function, String text, Flags.Affect[] affect) {
    self.run(
        what,
        (arena, domain) ->
            Native.check(function, domain, Native.text(arena, text), Flags.of(affect)));
  }

  public void setVcpus(int count, Flags.Affect... affect) {
    self.run(
        "setting vCPUs",
        (arena, domain) ->
            Native.check(Function.DOMAIN_SET_VCPUS, domain, count, Flags.of(affect)));
  }

  /** The balloon's target. */
  public void setMemory(long kib, Flags.Affect... affect) {
    self.run(
        "setting memory",
        (arena, domain) -> Native.check(Function.DOMAIN_SET_MEMORY, domain, kib, Flags.of(affect)));
  }

  /** How often the balloon reports the guest's view of its memory; 0 for never. */
  public void setMemoryStatisticsPeriod(int seconds, Flags.Affect... affect) {
    self.run(
        "setting the period of memory statistics",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_MEMORY_STATS_PERIOD, domain, seconds, Flags.of(affect)));
  }

  /** CPU tuning such as {@code cpu_shares} (unsigned long) or {@code vcpu_quota} (long). */
  public void setSchedulerParameters(TypedParameters parameters, Flags.Affect... affect) {
    self.run(
        "scheduler parameters",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_SCHEDULER_PARAMETERS,
                domain,
                parameters.write(arena),
                parameters.size(),
                Flags.of(affect)));
  }

  /** Traffic limits of a NIC (by MAC address or host device), such as {@code inbound.average}. */
  public void setInterfaceParameters(
      String nic, TypedParameters parameters, Flags.Affect... affect) {
    self.run(
        "interface parameters",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_INTERFACE_PARAMETERS,
                domain,
                Native.text(arena, nic),
                parameters.write(arena),
                parameters.size(),
                Flags.of(affect)));
  }

  /** Presses keys together, given as Linux key codes. */
  public void sendKeys(java.time.Duration hold, int... keys) {
    self.run(
        "sending keys",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SEND_KEY,
                domain,
                0,
                (int) hold.toMillis(),
                arena.allocateFrom(Native.INT, keys),
                keys.length,
                0));
  }

  /** An image of what the guest shows. */
  public Screenshot screenshot(int screen) {
    return self.getLong(
        "screenshot", (arena, domain) -> ScreenshotStream.take(arena, domain, screen));
  }

  /** A QMP command as JSON, or a monitor line when human is true. For diagnosis. */
  public String monitorCommand(String command, boolean human) {
    return self.get(
        "monitor command",
        (Arena arena, MemorySegment domain) -> {
          MemorySegment result = arena.allocate(Native.POINTER);
          Native.check(
              Function.QEMU_MONITOR_COMMAND,
              domain,
              Native.text(arena, command),
              result,
              human ? 1 : 0);
          MemorySegment text = result.get(Native.POINTER, 0);
          try {
            return Native.textOrEmpty(text);
          } finally {
            Native.run(Function.FREE, text);
          }
        });
  }

  @Override
  public String toString() {
    return "domain " + name + " (" + uuid + ")";
  }
}
