package io.overt.agent.hooks;

import static io.overt.agent.hooks.HookPoint.Document.DEVICE;
import static io.overt.agent.hooks.HookPoint.Document.DOMAIN;
import static io.overt.agent.hooks.HookPoint.Document.EMPTY;
import static io.overt.agent.hooks.HookPoint.Document.JSON;
import static io.overt.agent.hooks.HookPoint.Failure.LOGGED;
import static io.overt.agent.hooks.HookPoint.Failure.RAISED;
import static io.overt.agent.hooks.HookPoint.Output.IGNORED;
import static io.overt.agent.hooks.HookPoint.Output.USED;
import static io.overt.agent.hooks.HookPoint.Scope.HOST;
import static io.overt.agent.hooks.HookPoint.Scope.VM;
import static io.overt.agent.hooks.HookPoint.Scope.VM_AND_DEVICE;
import static io.overt.agent.hooks.HookPoint.Since.V3_4;
import static io.overt.agent.hooks.HookPoint.Since.V4;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The moments at which scripts run: VDSM's 58 points, 45 of which VDSM 3.4 had already. */
public enum HookPoint {
  BEFORE_VDSM_START(V3_4, EMPTY, HOST, LOGGED, IGNORED),
  AFTER_VDSM_STOP(V3_4, EMPTY, HOST, LOGGED, IGNORED),

  BEFORE_DEVICE_CREATE(V3_4, DEVICE, VM_AND_DEVICE, RAISED, USED),
  AFTER_DISK_PREPARE(V4, JSON, VM, RAISED, USED),
  BEFORE_VM_START(V3_4, DOMAIN, VM, RAISED, USED),
  AFTER_VM_START(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  AFTER_DEVICE_CREATE(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_VM_PAUSE(V3_4, DOMAIN, VM, RAISED, IGNORED),
  AFTER_VM_PAUSE(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  BEFORE_VM_CONT(V3_4, DOMAIN, VM, RAISED, IGNORED),
  AFTER_VM_CONT(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  BEFORE_DEVICE_DESTROY(V3_4, DEVICE, VM_AND_DEVICE, RAISED, IGNORED),
  BEFORE_VM_DESTROY(V3_4, EMPTY, VM, LOGGED, IGNORED),
  AFTER_VM_DESTROY(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  AFTER_DEVICE_DESTROY(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),

  BEFORE_VM_HIBERNATE(V3_4, DOMAIN, VM, RAISED, IGNORED),
  AFTER_VM_HIBERNATE(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  BEFORE_VM_DEHIBERNATE(V3_4, DOMAIN, VM, RAISED, IGNORED),
  AFTER_VM_DEHIBERNATE(V3_4, DOMAIN, VM, LOGGED, IGNORED),

  BEFORE_DEVICE_MIGRATE_SOURCE(V3_4, DEVICE, VM_AND_DEVICE, RAISED, IGNORED),
  BEFORE_VM_MIGRATE_SOURCE(V3_4, DOMAIN, VM, RAISED, IGNORED),
  BEFORE_DEVICE_MIGRATE_DESTINATION(V3_4, DEVICE, VM_AND_DEVICE, RAISED, IGNORED),
  BEFORE_VM_MIGRATE_DESTINATION(V3_4, DOMAIN, VM, RAISED, IGNORED),
  AFTER_VM_MIGRATE_SOURCE(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  AFTER_DEVICE_MIGRATE_SOURCE(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  AFTER_VM_MIGRATE_DESTINATION(V3_4, DOMAIN, VM, LOGGED, IGNORED),
  AFTER_DEVICE_MIGRATE_DESTINATION(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),

  BEFORE_VM_SET_TICKET(V3_4, DOMAIN, VM_AND_DEVICE, LOGGED, IGNORED),
  AFTER_VM_SET_TICKET(V3_4, DOMAIN, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_UPDATE_DEVICE(V3_4, DEVICE, VM_AND_DEVICE, RAISED, USED),
  AFTER_UPDATE_DEVICE(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  AFTER_UPDATE_DEVICE_FAIL(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_NIC_HOTPLUG(V3_4, DEVICE, VM_AND_DEVICE, RAISED, USED),
  AFTER_NIC_HOTPLUG(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  AFTER_NIC_HOTPLUG_FAIL(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_NIC_HOTUNPLUG(V3_4, DEVICE, VM_AND_DEVICE, RAISED, IGNORED),
  AFTER_NIC_HOTUNPLUG(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  AFTER_NIC_HOTUNPLUG_FAIL(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_DISK_HOTPLUG(V3_4, DEVICE, VM_AND_DEVICE, RAISED, USED),
  AFTER_DISK_HOTPLUG(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_DISK_HOTUNPLUG(V3_4, DEVICE, VM_AND_DEVICE, RAISED, IGNORED),
  AFTER_DISK_HOTUNPLUG(V3_4, DEVICE, VM_AND_DEVICE, LOGGED, IGNORED),
  BEFORE_MEMORY_HOTPLUG(V4, DEVICE, VM, RAISED, USED),
  AFTER_MEMORY_HOTPLUG(V4, DEVICE, VM, LOGGED, IGNORED),
  BEFORE_SET_NUM_OF_CPUS(V3_4, EMPTY, VM, RAISED, IGNORED),
  AFTER_SET_NUM_OF_CPUS(V3_4, EMPTY, VM, LOGGED, IGNORED),

  BEFORE_NETWORK_SETUP(V3_4, JSON, HOST, RAISED, USED),
  AFTER_NETWORK_SETUP(V3_4, JSON, HOST, LOGGED, IGNORED),
  AFTER_NETWORK_SETUP_FAIL(V4, JSON, HOST, LOGGED, IGNORED),
  BEFORE_GET_CAPS(V4, JSON, HOST, RAISED, IGNORED),
  AFTER_GET_CAPS(V4, JSON, HOST, LOGGED, USED),
  BEFORE_GET_STATS(V4, JSON, HOST, RAISED, IGNORED),
  AFTER_GET_STATS(V4, JSON, HOST, LOGGED, USED),
  BEFORE_GET_VM_STATS(V4, JSON, HOST, RAISED, IGNORED),
  AFTER_GET_VM_STATS(V4, JSON, HOST, LOGGED, USED),
  BEFORE_GET_ALL_VM_STATS(V4, JSON, HOST, RAISED, IGNORED),
  AFTER_GET_ALL_VM_STATS(V4, JSON, HOST, LOGGED, USED),
  AFTER_HOSTDEV_LIST_BY_CAPS(V4, JSON, HOST, LOGGED, USED);

  /** The VDSM that first had the point. */
  public enum Since {
    V3_4,
    V4
  }

  /** What the chain's file holds at first. */
  public enum Document {
    DOMAIN,
    DEVICE,
    /** The file of an XML point, but without content. */
    EMPTY,
    JSON;

    /** The variable that names the file. */
    String variable() {
      return this == JSON ? "_hook_json" : "_hook_domxml";
    }
  }

  /** Whose properties are in the scripts' environment. */
  public enum Scope {
    HOST,
    VM,
    /** The machine's, and those of one device or request. */
    VM_AND_DEVICE
  }

  /** What a failing script does to the operation. */
  public enum Failure {
    /** It fails. */
    RAISED,
    LOGGED
  }

  /** What becomes of the file that the chain leaves. */
  public enum Output {
    USED,
    IGNORED
  }

  private final Since since;
  private final Document document;
  private final Scope scope;
  private final Failure failure;
  private final Output output;

  HookPoint(Since since, Document document, Scope scope, Failure failure, Output output) {
    this.since = since;
    this.document = document;
    this.scope = scope;
    this.failure = failure;
    this.output = output;
  }

  /** The name of its directory. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The point of a directory's name. */
  public static Optional<HookPoint> of(String text) {
    return Arrays.stream(values()).filter(point -> point.text().equals(text)).findFirst();
  }

  public Since since() {
    return since;
  }

  public Document document() {
    return document;
  }

  public Scope scope() {
    return scope;
  }

  public Failure failure() {
    return failure;
  }

  public Output output() {
    return output;
  }

  /** Whether it is passed at every sample, so that its scripts must be quick. */
  boolean sampling() {
    return switch (this) {
      case BEFORE_GET_STATS,
          AFTER_GET_STATS,
          BEFORE_GET_VM_STATS,
          AFTER_GET_VM_STATS,
          BEFORE_GET_ALL_VM_STATS,
          AFTER_GET_ALL_VM_STATS ->
          true;
      default -> false;
    };
  }
}
