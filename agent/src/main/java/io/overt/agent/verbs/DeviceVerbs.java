package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.vms.ConsoleTicket;
import io.overt.agent.vms.DiscChange;
import io.overt.agent.vms.DiskPaths;
import io.overt.agent.vms.NicUpdate;
import io.overt.agent.vms.RunningDevices;
import io.overt.agent.vms.Samples;
import io.overt.agent.vms.Vms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The VM verbs that change a running machine's devices, processors and memory. */
final class DeviceVerbs implements Verbs.VerbGroup {

  private static final Set<String> CONSOLES = Set.of("vnc", "spice");

  private final Vms vms;
  private final RunningDevices devices;
  private final Samples samples;
  private final VmReports reports;

  DeviceVerbs(Vms vms, Samples samples, VmReports reports) {
    this.vms = vms;
    this.devices = vms.devices();
    this.samples = samples;
    this.reports = reports;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("VM.hotplugNic", this::plugNic);
    registry.add("VM.hotunplugNic", this::unplugNic);
    registry.add("VM.hotplugDisk", this::plugDisk);
    registry.add("VM.hotunplugDisk", this::unplugDisk);
    registry.add("VM.hotplugMemory", this::plugMemory);
    registry.add("VM.hotunplugMemory", this::unplugMemory);
    registry.add("VM.setNumberOfCpus", this::setProcessors);
    registry.add("VM.setBalloonTarget", this::setBalloon);
    registry.add("VM.changeCD", this::changeDisc);
    registry.add("VM.updateDevice", this::updateDevice);
    registry.add("VM.setTicket", this::setTicket);
  }

  private Map<String, Object> definition(UUID id) {
    return reports.definition(vms.get(id), samples.take());
  }

  private Object plugNic(Parameters call) {
    UUID id = call.uuid("vmID");
    devices.plugging().plugNic(id, call.object("params").text("xml"));
    return definition(id);
  }

  private Object unplugNic(Parameters call) {
    UUID id = call.uuid("vmID");
    devices.plugging().unplugNic(id, call.object("params").text("xml"));
    return definition(id);
  }

  private Object plugDisk(Parameters call) {
    UUID id = call.uuid("vmID");
    devices.plugging().plugDisk(id, call.object("params").text("xml"));
    return definition(id);
  }

  private Object unplugDisk(Parameters call) {
    UUID id = call.uuid("vmID");
    devices.plugging().unplugDisk(id, call.object("params").text("xml"));
    return definition(id);
  }

  private Object plugMemory(Parameters call) {
    UUID id = call.uuid("vmID");
    Parameters memory = call.object("params").object("memory");
    devices
        .plugging()
        .plugMemory(
            id,
            "<memory model='dimm'><target><size unit='MiB'>%d</size><node>%d</node></target>%s</memory>"
                .formatted(memory.number("size"), memory.number("node", 0), alias(memory, "size")));
    return definition(id);
  }

  private Object unplugMemory(Parameters call) {
    UUID id = call.uuid("vmID");
    Parameters memory = call.object("params").object("memory");
    devices.plugging().unplugMemory(id, "<memory>" + alias(memory, "alias") + "</memory>");
    return true;
  }

  /** Only names of libvirt's making and of the engine's are written into XML. */
  private static String alias(Parameters memory, String needed) {
    String alias = memory.text("alias", "");
    if (!alias.matches("[A-Za-z0-9_-]*") || (alias.isEmpty() && needed.equals("alias"))) {
      throw Parameters.wrong("alias", alias, "the alias of a device");
    }
    return alias.isEmpty() ? "" : "<alias name='" + alias + "'/>";
  }

  private Object setProcessors(Parameters call) {
    UUID id = call.uuid("vmID");
    long count = call.number("numberOfCpus");
    if (count < 1 || count > 4096) {
      throw Parameters.wrong("numberOfCpus", count, "between 1 and 4096");
    }
    devices.setProcessors(id, (int) count);
    return definition(id);
  }

  private Object setBalloon(Parameters call) {
    devices.setBalloon(call.uuid("vmID"), call.number("target"));
    return true;
  }

  /** VDSM names drives by interface and number. */
  private Object changeDisc(Parameters call) {
    UUID id = call.uuid("vmID");
    Parameters drive = call.object("driveSpec");
    long index = drive.number("index", 0);
    String target =
        switch (drive.text("iface", "sata")) {
          case "ide" -> "hd";
          case "virtio" -> "vd";
          case "fdc" -> "fd";
          default -> "sd";
        };
    Optional<DiskPaths.Image> image =
        drive
            .optionalUuid("imageID")
            .map(
                found ->
                    new DiskPaths.Image(
                        drive.optionalUuid("poolID"),
                        drive.uuid("domainID"),
                        found,
                        drive.uuid("volumeID")));
    String name = target + (char) ('a' + Math.clamp(index, 0, 25));
    devices.discs().change(id, new DiscChange.Disc(name, image, drive.text("path", "")));
    return definition(id);
  }

  private Object updateDevice(Parameters call) {
    UUID id = call.uuid("vmID");
    Parameters device = call.object("params");
    String type = device.text("deviceType");
    switch (type) {
      case "graphics" -> {
        String console = device.text("graphicsType");
        if (!CONSOLES.contains(console)) {
          throw Parameters.wrong("graphicsType", console, "vnc or spice");
        }
        setTicket(id, console, device);
      }
      case "interface" -> devices.nics().update(id, nicUpdate(device));
      default ->
          throw new VdsmError(
              ErrorCode.UPDATE_DEVICE,
              "VM.updateDevice knows devices of the types 'graphics' and 'interface', not '%s'"
                  .formatted(type));
    }
    return definition(id);
  }

  private static NicUpdate nicUpdate(Parameters nic) {
    List<NicUpdate.FilterParameter> parameters =
        nic.has("filterParameters")
            ? nic.objects("filterParameters").stream()
                .map(each -> new NicUpdate.FilterParameter(each.text("name"), each.text("value")))
                .toList()
            : List.of();
    return new NicUpdate(
        nic.text("alias", ""),
        nic.text("macAddr", ""),
        nic.has("linkActive") ? Optional.of(nic.flag("linkActive", true)) : Optional.empty(),
        nic.optionalText("network"),
        nic.optionalText("filter"),
        parameters,
        nic.has("mtu") ? Optional.of((int) nic.number("mtu")) : Optional.empty(),
        nic.has("port_isolated") ? Optional.of(nic.flag("port_isolated", false)) : Optional.empty(),
        texts(nic, "custom"));
  }

  /** The older verb knows no type: the first console is meant. */
  private Object setTicket(Parameters parameters) {
    UUID id = parameters.uuid("vmID");
    String type =
        vms.get(id).description().stream()
            .flatMap(description -> description.displays().stream())
            .map(display -> display.type())
            .filter(CONSOLES::contains)
            .findFirst()
            .orElseThrow(
                () -> new VdsmError(ErrorCode.TICKET, "Virtual machine " + id + " has no console"));
    setTicket(id, type, parameters);
    return true;
  }

  private void setTicket(UUID id, String type, Parameters ticket) {
    devices.setTicket(
        id,
        new ConsoleTicket(
            type,
            ticket.text("password"),
            Duration.ofSeconds(ticket.number("ttl", 0)),
            ticket.text("existingConnAction", "disconnect"),
            texts(ticket, "params")));
  }

  private static Map<String, String> texts(Parameters parameters, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (parameters.has(name)) {
      parameters
          .object(name)
          .values()
          .forEach((key, value) -> texts.put(key, String.valueOf(value)));
    }
    return texts;
  }
}
