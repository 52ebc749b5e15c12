package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;

/** Puts discs into the drives of running machines. */
public final class DiscChange {

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final DiskPaths disks;

  DiscChange(Vms vms, Hypervisor hypervisor, DiskPaths disks) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.disks = disks;
  }

  /**
   * A disc for a drive.
   *
   * @param target name of the drive in the domain; a machine without it has its first drive meant
   * @param image in storage, preferred to the path
   * @param path of a file; empty with no image ejects
   */
  public record Disc(String target, Optional<DiskPaths.Image> image, String path) {}

  /**
   * @throws VdsmError code 41
   */
  public void change(UUID id, Disc disc) {
    Vm vm = vms.running(id);
    vm.changing().lock();
    try {
      List<Element> drives =
          Devices.all(Devices.root(hypervisor.xml(id)), "disk").stream()
              .filter(disk -> disk.getAttribute("device").equals("cdrom"))
              .toList();
      Element drive =
          drives.stream()
              .filter(each -> Devices.target(each).equals(disc.target()))
              .findFirst()
              .or(() -> drives.stream().findFirst())
              .orElseThrow(
                  () -> new VdsmError(ErrorCode.CHANGE_CD, id + " has no drive for a disc"));
      hypervisor.updateDevice(
          id, with(drive, disc.image().map(disks::resolve).orElse(disc.path())));
      String live = hypervisor.xml(id);
      vm.refresh(live, DomainDescription.read(live));
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.CHANGE_CD, "Cannot change the disc of " + id + ": " + e.getMessage(), e);
    } finally {
      vm.changing().unlock();
    }
  }

  private static String with(Element drive, String path) {
    drive.setAttribute("type", "file");
    Xml.children(drive, "source").forEach(drive::removeChild);
    Xml.children(drive, "backingStore").forEach(drive::removeChild);
    if (!path.isEmpty()) {
      Element driver = Xml.ensure(drive, "driver");
      driver.setAttribute("name", "qemu");
      driver.setAttribute("type", "raw");
      Element source = drive.getOwnerDocument().createElementNS(null, "source");
      source.setAttribute("file", path);
      drive.appendChild(source);
    }
    return Xml.write(drive);
  }
}
