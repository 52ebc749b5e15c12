package io.overt.agent.vms;

import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.vms.CustomProperties.CustomDevice;
import io.overt.agent.vms.DiskPaths.Image;
import io.overt.agent.xml.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The points in a virtual machine's life. Every method looks first whether there are scripts and
 * returns at once when there are none.
 */
final class VmHooks {

  private final Hooks hooks;

  VmHooks(Hooks hooks) {
    this.hooks = hooks;
  }

  /**
   * A domain that is ready to start.
   *
   * @param paused whether its processors are to stand still at first
   */
  record Launch(String xml, boolean paused) {}

  /** For each disk of a launch whose image was prepared; changes the disk as the scripts say. */
  void diskPrepared(UUID id, Element disk, Image image) {
    if (!hooks.any(HookPoint.AFTER_DISK_PREPARE)) {
      return;
    }
    Element domain = disk.getOwnerDocument().getDocumentElement();
    HookContext context = HookContext.vm(id, CustomProperties.of(domain));
    Map<String, Object> drive =
        hooks.json(HookPoint.AFTER_DISK_PREPARE, context, PreparedDrive.describe(id, disk, image));
    try {
      PreparedDrive.apply(drive, disk);
    } catch (IllegalArgumentException e) {
      throw unusable(HookPoint.AFTER_DISK_PREPARE, e);
    }
  }

  /**
   * Before the domain is created: the custom devices but disks, then the whole domain. The machine
   * shows the scripts' domain from then on, even when one of them refused the start.
   */
  Launch beforeStart(Vm vm, String prepared) {
    boolean asked = launchPaused(prepared);
    if (!hooks.any(HookPoint.BEFORE_DEVICE_CREATE) && !hooks.any(HookPoint.BEFORE_VM_START)) {
      return new Launch(prepared, asked);
    }
    LaunchFlags.write(vm.id(), asked);
    try {
      String built = createDevices(vm.id(), prepared);
      Optional<Hooks.Result> result =
          hooks.runToEnd(HookPoint.BEFORE_VM_START, context(vm.id(), built), () -> built);
      String edited = result.map(Hooks.Result::document).orElse(built);
      Optional<HookException> failure = result.flatMap(Hooks.Result::failure);
      try {
        DomainDescription description = DomainDescription.read(edited);
        if (!description.id().equals(vm.id())) {
          throw new IllegalArgumentException("its <uuid> became " + description.id());
        }
        vm.describe(edited, description);
      } catch (IllegalArgumentException e) {
        throw failure.orElseGet(() -> unusable(HookPoint.BEFORE_VM_START, e));
      }
      failure.ifPresent(
          refused -> {
            throw refused;
          });
      return new Launch(edited, LaunchFlags.read(vm.id(), asked));
    } finally {
      LaunchFlags.remove(vm.id());
    }
  }

  /**
   * Before a saved guest goes on: the points of a start too, whose edits would not fit what was
   * saved and are left out.
   */
  void beforeRestore(Vm vm, String prepared, SavedMemory memory) {
    if (hooks.any(HookPoint.BEFORE_DEVICE_CREATE) || hooks.any(HookPoint.BEFORE_VM_START)) {
      String built = createDevices(vm.id(), prepared);
      hooks
          .runToEnd(HookPoint.BEFORE_VM_START, context(vm.id(), built), () -> built)
          .flatMap(Hooks.Result::failure)
          .ifPresent(
              refused -> {
                throw refused;
              });
    }
    live(HookPoint.BEFORE_VM_DEHIBERNATE, vm, memory.particulars(), () -> prepared);
  }

  /** The saved guest runs again. */
  void restored(Vm vm, String live, SavedMemory memory) {
    live(HookPoint.AFTER_VM_DEHIBERNATE, vm, memory.particulars(), () -> live);
  }

  /** VDSM hands no disks to these scripts; what they leave comes last among the devices. */
  private String createDevices(UUID id, String prepared) {
    if (!hooks.any(HookPoint.BEFORE_DEVICE_CREATE)) {
      return prepared;
    }
    Document document = Xml.parse(prepared);
    Element domain = document.getDocumentElement();
    HookContext context = HookContext.vm(id, CustomProperties.of(domain));
    boolean changed = false;
    for (CustomDevice device : CustomProperties.devices(domain)) {
      if (device.element().getLocalName().equals("disk")) {
        continue;
      }
      Optional<String> edited =
          hooks.run(
              HookPoint.BEFORE_DEVICE_CREATE,
              context.with(device.properties()),
              () -> Xml.write(device.element()));
      if (edited.isPresent()) {
        replace(device.element(), edited.get());
        changed = true;
      }
    }
    return changed ? Xml.write(document) : prepared;
  }

  private static void replace(Element device, String edited) {
    Element replacement;
    try {
      replacement = Xml.parse(edited).getDocumentElement();
    } catch (IllegalArgumentException e) {
      throw unusable(HookPoint.BEFORE_DEVICE_CREATE, e);
    }
    Element devices = (Element) device.getParentNode();
    devices.removeChild(device);
    devices.appendChild(devices.getOwnerDocument().importNode(replacement, true));
  }

  /** After the domain was created, before the machine is shown running. */
  void started(UUID id, String live) {
    run(HookPoint.AFTER_VM_START, id, () -> live, live);
    devices(HookPoint.AFTER_DEVICE_CREATE, id, live);
  }

  /** A point whose document is the live domain. */
  void live(HookPoint point, Vm vm, Supplier<String> live) {
    run(point, vm.id(), live, vm.snapshot().xml());
  }

  /** The same with what the request says besides. */
  void live(HookPoint point, Vm vm, Map<String, String> particulars, Supplier<String> live) {
    if (hooks.any(point)) {
      hooks.run(point, context(vm.id(), vm.snapshot().xml()).with(particulars), live);
    }
  }

  /**
   * A point whose document is one device, with the device's or the request's properties.
   *
   * @return what the scripts made of it, where the point uses that
   */
  Optional<String> device(
      HookPoint point, Vm vm, Map<String, String> properties, Supplier<String> device) {
    return hooks.any(point)
        ? hooks.run(point, context(vm.id(), vm.snapshot().xml()).with(properties), device)
        : Optional.empty();
  }

  /** A point whose document is empty. */
  void empty(HookPoint point, Vm vm) {
    run(point, vm.id(), () -> "", vm.snapshot().xml());
  }

  /** The same after an event, when nobody waits for it; the scripts of one machine take turns. */
  void afterEvent(HookPoint point, Vm vm, Supplier<String> live) {
    if (hooks.any(point)) {
      vm.afterwards(() -> live(point, vm, live));
    }
  }

  /** First of all in a destroy; may refuse it. */
  void beforeDestroy(Vm vm) {
    String xml = vm.snapshot().xml();
    devices(HookPoint.BEFORE_DEVICE_DESTROY, vm.id(), xml);
    run(HookPoint.BEFORE_VM_DESTROY, vm.id(), () -> "", xml);
  }

  /** On the host that a guest is to leave; may keep it. */
  void beforeMigrateSource(Vm vm, String live) {
    devices(HookPoint.BEFORE_DEVICE_MIGRATE_SOURCE, vm.id(), live);
    run(HookPoint.BEFORE_VM_MIGRATE_SOURCE, vm.id(), () -> live, live);
  }

  /** On the host that a guest is to come to, with the other host's XML; may turn it away. */
  void beforeMigrateDestination(UUID id, String sourceXml) {
    devices(HookPoint.BEFORE_DEVICE_MIGRATE_DESTINATION, id, sourceXml);
    run(HookPoint.BEFORE_VM_MIGRATE_DESTINATION, id, () -> sourceXml, sourceXml);
  }

  /** When the guest runs elsewhere; nobody waits for it but who destroys the machine. */
  void afterMigrateSource(Vm vm) {
    if (hooks.any(HookPoint.AFTER_VM_MIGRATE_SOURCE)
        || hooks.any(HookPoint.AFTER_DEVICE_MIGRATE_SOURCE)) {
      String last = vm.snapshot().xml();
      vm.afterwards(
          () -> {
            run(HookPoint.AFTER_VM_MIGRATE_SOURCE, vm.id(), () -> last, last);
            devices(HookPoint.AFTER_DEVICE_MIGRATE_SOURCE, vm.id(), last);
          });
    }
  }

  /** When the guest runs here, before the machine is shown up. */
  void afterMigrateDestination(UUID id, String live) {
    run(HookPoint.AFTER_VM_MIGRATE_DESTINATION, id, () -> live, live);
    devices(HookPoint.AFTER_DEVICE_MIGRATE_DESTINATION, id, live);
  }

  /** When the domain is gone, once, however it ended; who destroys the machine waits for it. */
  void gone(Vm vm) {
    boolean any =
        hooks.any(HookPoint.AFTER_VM_DESTROY) || hooks.any(HookPoint.AFTER_DEVICE_DESTROY);
    vm.leave(any ? Optional.of(() -> afterDestroy(vm)) : Optional.empty());
  }

  private void afterDestroy(Vm vm) {
    String last = vm.snapshot().xml();
    run(HookPoint.AFTER_VM_DESTROY, vm.id(), () -> last, last);
    devices(HookPoint.AFTER_DEVICE_DESTROY, vm.id(), last);
  }

  private void run(HookPoint point, UUID id, Supplier<String> document, String described) {
    if (hooks.any(point)) {
      hooks.run(point, context(id, described), document);
    }
  }

  private void devices(HookPoint point, UUID id, String xml) {
    if (xml.isEmpty() || !hooks.any(point)) {
      return;
    }
    Element domain = Xml.parse(xml).getDocumentElement();
    HookContext context = HookContext.vm(id, CustomProperties.of(domain));
    for (CustomDevice device : CustomProperties.devices(domain)) {
      hooks.run(point, context.with(device.properties()), () -> Xml.write(device.element()));
    }
  }

  /** Of a machine that ended while no agent watched, only the id is known. */
  private static HookContext context(UUID id, String xml) {
    return HookContext.vm(
        id, xml.isEmpty() ? Map.of() : CustomProperties.of(Xml.parse(xml).getDocumentElement()));
  }

  private static boolean launchPaused(String xml) {
    return xml.contains("launchPaused")
        && DomainDescription.vmMetadata(Xml.parse(xml).getDocumentElement())
            .flatMap(vm -> Xml.text(vm, "launchPaused"))
            .filter("true"::equalsIgnoreCase)
            .isPresent();
  }

  static HookException unusable(HookPoint point, IllegalArgumentException problem) {
    return new HookException(
        "Hook Error: the %s scripts left what cannot be used: %s"
            .formatted(point.text(), problem.getMessage()));
  }
}
