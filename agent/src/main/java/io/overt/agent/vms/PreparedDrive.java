package io.overt.agent.vms;

import io.overt.agent.vms.DiskPaths.Image;
import io.overt.agent.xml.Xml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;

/** A disk whose image is ready, as scripts see and change it: VDSM's flat drive object. */
final class PreparedDrive {

  private PreparedDrive() {}

  static Map<String, Object> describe(UUID vm, Element disk, Image image) {
    Map<String, Object> drive = new LinkedHashMap<>();
    drive.put("type", "disk");
    String device = disk.getAttribute("device");
    drive.put("device", device.isEmpty() ? "disk" : device);
    String diskType = disk.getAttribute("type");
    drive.put("diskType", diskType);
    image.pool().ifPresent(pool -> drive.put("poolID", pool.toString()));
    drive.put("domainID", image.domain().toString());
    drive.put("imageID", image.image().toString());
    drive.put("volumeID", image.volume().toString());
    drive.put(
        "format",
        Xml.attribute(disk, "driver", "type").filter("qcow2"::equals).isPresent() ? "cow" : "raw");
    drive.put(
        "path",
        Xml.attribute(disk, "source", diskType.equals("block") ? "dev" : "file").orElse(""));
    Xml.attribute(disk, "target", "dev").ifPresent(name -> drive.put("name", name));
    Xml.attribute(disk, "target", "bus").ifPresent(bus -> drive.put("iface", bus));
    Xml.attribute(disk, "driver", "cache").ifPresent(cache -> drive.put("cache", cache));
    Xml.attribute(disk, "driver", "error_policy")
        .ifPresent(policy -> drive.put("propagateErrors", policy.equals("report") ? "on" : "off"));
    Xml.attribute(disk, "alias", "name").ifPresent(alias -> drive.put("alias", alias));
    drive.put("vmid", vm.toString());
    return drive;
  }

  /**
   * Takes over where the disk is and what it holds.
   *
   * @throws IllegalArgumentException when the drive is of no kind that a host can attach
   */
  static void apply(Map<String, Object> drive, Element disk) {
    String diskType = text(drive, "diskType").orElse(disk.getAttribute("type"));
    if (!diskType.equals("file") && !diskType.equals("block")) {
      throw new IllegalArgumentException(
          "diskType is '%s' but must be file or block".formatted(diskType));
    }
    disk.setAttribute("type", diskType);
    text(drive, "path")
        .ifPresent(
            path -> {
              Element source = Xml.ensure(disk, "source");
              source.removeAttribute("dev");
              source.removeAttribute("file");
              source.setAttribute(diskType.equals("block") ? "dev" : "file", path);
            });
    text(drive, "format")
        .ifPresent(
            format ->
                Xml.ensure(disk, "driver")
                    .setAttribute("type", format.equals("cow") ? "qcow2" : format));
  }

  private static Optional<String> text(Map<String, Object> drive, String key) {
    return drive.get(key) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }
}
