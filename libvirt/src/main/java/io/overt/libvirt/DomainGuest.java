package io.overt.libvirt;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What only the guest itself can do or tell, through the QEMU guest agent. AGENT_UNRESPONSIVE when
 * the agent does not answer, CONFIG_UNSUPPORTED when the domain has no channel for it.
 */
public final class DomainGuest {
  private final Target self;

  DomainGuest(Target self) {
    this.self = self;
  }

  /** A command of the agent's protocol as JSON, for example {@code {"execute":"guest-ping"}}. */
  public String agentCommand(String json, Duration timeout) {
    return self.getLong(
        "agent command",
        (arena, domain) ->
            Native.ownedText(
                Function.QEMU_AGENT_COMMAND,
                domain,
                Native.text(arena, json),
                (int) Math.max(1, timeout.toSeconds()),
                0));
  }

  /** Users, operating system, file systems, host name, time zone: names as libvirt documents. */
  public TypedParameters information() {
    return self.getLong(
        "guest information",
        (arena, domain) -> {
          MemorySegment parameters = arena.allocate(Native.POINTER);
          MemorySegment count = arena.allocate(Native.INT);
          Native.check(Function.DOMAIN_GET_GUEST_INFO, domain, 0, parameters, count, 0);
          MemorySegment array = parameters.get(Native.POINTER, 0);
          try {
            return TypedParameters.read(array, count.get(Native.INT, 0));
          } finally {
            Native.run(Function.TYPED_PARAMS_FREE, array, count.get(Native.INT, 0));
          }
        });
  }

  /** Flushes and freezes file systems, all when none is named; the number of frozen ones. */
  public int freeze(List<String> mountPoints) {
    return mountPoints("freezing", Function.DOMAIN_FS_FREEZE, mountPoints);
  }

  public int thaw(List<String> mountPoints) {
    return mountPoints("thawing", Function.DOMAIN_FS_THAW, mountPoints);
  }

  private int mountPoints(String what, Function function, List<String> mountPoints) {
    return self.getLong(
        what,
        (arena, domain) ->
            Native.check(
                function, domain, Native.texts(arena, mountPoints), mountPoints.size(), 0));
  }

  /** Gives unused blocks back to the storage. */
  public void trim() {
    self.runLong(
        "trimming",
        (arena, domain) -> Native.check(Function.DOMAIN_FS_TRIM, domain, Native.NULL, 0L, 0));
  }

  public void setUserPassword(String user, String password) {
    self.runLong(
        "setting a password",
        (arena, domain) -> {
          MemorySegment copy = Native.text(arena, password);
          try {
            Native.check(
                Function.DOMAIN_SET_USER_PASSWORD, domain, Native.text(arena, user), copy, 0);
          } finally {
            copy.fill((byte) 0);
          }
        });
  }

  public void setTime(Instant time) {
    self.runLong(
        "setting the time",
        (arena, domain) ->
            Native.check(
                Function.DOMAIN_SET_TIME, domain, time.getEpochSecond(), time.getNano(), 0));
  }

  /** The addresses of the guest's network interfaces; ARP and LEASE need no agent. */
  public List<InterfaceAddresses> interfaceAddresses(InterfaceAddresses.Source source) {
    return self.getLong(
        "interface addresses",
        (arena, domain) -> {
          MemorySegment list = arena.allocate(Native.POINTER);
          int number =
              switch (source) {
                case LEASE -> 0;
                case AGENT -> 1;
                case ARP -> 2;
              };
          int count = Native.check(Function.DOMAIN_INTERFACE_ADDRESSES, domain, list, number, 0);
          return NativeList.take(
              list, count, DomainGuest::addresses, Function.DOMAIN_INTERFACE_FREE);
        });
  }

  /** {char *name; char *hwaddr; uint naddrs; {int type; char *addr; uint prefix} *addrs}. */
  private static InterfaceAddresses addresses(MemorySegment pointer) {
    MemorySegment fields = pointer.reinterpret(32);
    int count = fields.get(Native.INT, 16);
    List<InterfaceAddresses.Address> addresses = new ArrayList<>(count);
    MemorySegment array = fields.get(Native.POINTER, 24).reinterpret(count * 24L);
    for (int index = 0; index < count; index++) {
      MemorySegment one = array.asSlice(index * 24L, 24);
      addresses.add(
          new InterfaceAddresses.Address(
              one.get(Native.INT, 0) == 1,
              Native.textOrEmpty(one.get(Native.POINTER, 8)),
              one.get(Native.INT, 16)));
    }
    return new InterfaceAddresses(
        Native.textOrEmpty(fields.get(Native.POINTER, 0)),
        Native.textOrEmpty(fields.get(Native.POINTER, 8)),
        addresses);
  }
}
