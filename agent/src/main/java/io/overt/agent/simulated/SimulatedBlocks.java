package io.overt.agent.simulated;

import io.overt.agent.hypervisor.BlockWork;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.simulated.Faults.Operation;
import io.overt.agent.vms.DomainDescription;
import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The images below simulated guests' disks: what the domain shows, without any contents. */
final class SimulatedBlocks implements BlockWork {

  private final SimulatedGuests guests;
  private final Consumer<String> saved;

  /**
   * @param saved takes note of files that hold a guest's memory
   */
  SimulatedBlocks(SimulatedGuests guests, Consumer<String> saved) {
    this.guests = guests;
    this.saved = saved;
  }

  private <T> T on(UUID domain, Function<SimulatedDomain, T> work) {
    return guests.on(Operation.BLOCKS, domain, work);
  }

  private static String source(SimulatedDomain domain, String target) {
    return domain.description().drives().stream()
        .filter(drive -> drive.target().equals(target))
        .map(DomainDescription.Drive::path)
        .findFirst()
        .orElseThrow(() -> new HypervisorException(Kind.FAILED, "There is no disk " + target));
  }

  @Override
  public List<String> layers(UUID id, String target) {
    return on(id, domain -> domain.layers().of(target, source(domain, target)));
  }

  @Override
  public void snapshot(UUID id, Map<String, String> files, Optional<String> memory) {
    on(
        id,
        domain -> {
          files.forEach(
              (target, file) -> {
                domain.layers().add(target, source(domain, target), file);
                domain.edit((xml, number) -> withSource(xml, target, file));
              });
          memory.ifPresent(saved);
          return id;
        });
  }

  private static String withSource(String xml, String target, String file) {
    Document document = Xml.parse(xml);
    Xml.child(document.getDocumentElement(), "devices").stream()
        .flatMap(devices -> Xml.children(devices, "disk").stream())
        .filter(disk -> Xml.attribute(disk, "target", "dev").filter(target::equals).isPresent())
        .forEach(
            disk -> {
              Element source = Xml.ensure(disk, "source");
              source.setAttribute("file", file);
            });
    return Xml.write(document);
  }

  @Override
  public void commit(UUID id, String target, String base, String top, long bandwidth) {
    on(
        id,
        domain -> {
          long takes = guests.times().blockJob().next().toNanos();
          domain.layers().begin(target, source(domain, target), base, top, takes);
          return id;
        });
  }

  @Override
  public Optional<BlockJob> blockJob(UUID id, String target) {
    return on(id, domain -> domain.layers().job(target));
  }

  @Override
  public void copy(UUID id, String target, String file) {
    on(
        id,
        domain -> {
          domain.layers().beginCopy(target, file, guests.times().blockJob().next().toNanos());
          return id;
        });
  }

  @Override
  public Optional<String> copyTarget(UUID id, String target) {
    return on(id, domain -> domain.layers().copyTarget(target));
  }

  @Override
  public void cancel(UUID id, String target) {
    on(
        id,
        domain -> {
          domain.layers().cancel(target);
          return id;
        });
  }

  @Override
  public void pivot(UUID id, String target) {
    guests.on(
        Operation.PIVOT,
        id,
        domain -> {
          String file =
              domain
                  .layers()
                  .pivot(target)
                  .orElseThrow(
                      () -> new HypervisorException(Kind.FAILED, "No job waits for a pivot"));
          domain.edit((xml, number) -> withSource(xml, target, file));
          return id;
        });
  }

  @Override
  public void resizeDisk(UUID id, String target, long bytes) {
    on(id, domain -> source(domain, target));
  }
}
