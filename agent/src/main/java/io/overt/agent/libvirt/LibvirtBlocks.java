package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.BlockWork;
import io.overt.agent.xml.Xml;
import io.overt.libvirt.BlockJobInfo;
import io.overt.libvirt.Domain;
import io.overt.libvirt.DomainEvent.BlockJobType;
import io.overt.libvirt.Flags;
import io.overt.libvirt.TypedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The images below the disks of libvirt's domains. */
final class LibvirtBlocks implements BlockWork {

  private final LibvirtConnection libvirt;

  LibvirtBlocks(LibvirtConnection libvirt) {
    this.libvirt = libvirt;
  }

  private interface Work<T> {
    T on(Domain domain);
  }

  private <T> T on(UUID id, Work<T> work) {
    return libvirt.call(connection -> work.on(connection.domain(id)));
  }

  private static Optional<Element> disk(Domain domain, String target) {
    return Xml.child(Xml.parse(domain.xml()).getDocumentElement(), "devices").stream()
        .flatMap(devices -> Xml.children(devices, "disk").stream())
        .filter(disk -> Xml.attribute(disk, "target", "dev").filter(target::equals).isPresent())
        .findFirst();
  }

  @Override
  public List<String> layers(UUID id, String target) {
    return on(
        id,
        domain -> {
          List<String> files = new ArrayList<>();
          Optional<Element> layer = disk(domain, target);
          while (layer.isPresent()) {
            Xml.attribute(layer.get(), "source", "file").ifPresent(files::add);
            Xml.attribute(layer.get(), "source", "dev").ifPresent(files::add);
            layer = Xml.child(layer.get(), "backingStore");
          }
          return files;
        });
  }

  @Override
  public void snapshot(UUID id, Map<String, String> files, Optional<String> memory) {
    on(
        id,
        domain -> {
          List<Flags.Snapshot> flags =
              new ArrayList<>(
                  List.of(
                      Flags.Snapshot.NO_METADATA,
                      Flags.Snapshot.REUSE_EXTERNAL,
                      Flags.Snapshot.ATOMIC));
          if (memory.isEmpty()) {
            flags.add(Flags.Snapshot.DISK_ONLY);
          }
          domain
              .blocks()
              .createSnapshot(
                  describe(domain, files, memory), flags.toArray(Flags.Snapshot[]::new));
          return id;
        });
  }

  private static String describe(
      Domain domain, Map<String, String> files, Optional<String> memory) {
    Document document = Xml.parse("<domainsnapshot><disks/></domainsnapshot>");
    Element root = document.getDocumentElement();
    Element disks = Xml.ensure(root, "disks");
    Xml.child(Xml.parse(domain.xml()).getDocumentElement(), "devices").stream()
        .flatMap(devices -> Xml.children(devices, "disk").stream())
        .map(disk -> Xml.attribute(disk, "target", "dev").orElse(""))
        .forEach(
            target -> {
              Element disk = document.createElementNS(null, "disk");
              disk.setAttribute("name", target);
              String file = files.get(target);
              disk.setAttribute("snapshot", file == null ? "no" : "external");
              if (file != null) {
                disk.setAttribute("type", "file");
                Xml.ensure(disk, "source").setAttribute("file", file);
                Xml.ensure(disk, "driver").setAttribute("type", "qcow2");
              }
              disks.appendChild(disk);
            });
    memory.ifPresent(
        file -> {
          Element element = Xml.ensure(root, "memory");
          element.setAttribute("snapshot", "external");
          element.setAttribute("file", file);
        });
    return Xml.write(document);
  }

  @Override
  public void commit(UUID id, String target, String base, String top, long bandwidth) {
    on(
        id,
        domain -> {
          boolean active = layers(id, target).getFirst().equals(top);
          Flags.BlockCommit[] flags =
              active
                  ? new Flags.BlockCommit[] {Flags.BlockCommit.RELATIVE, Flags.BlockCommit.ACTIVE}
                  : new Flags.BlockCommit[] {Flags.BlockCommit.RELATIVE};
          domain.blocks().commit(target, base, active ? null : top, bandwidth, flags);
          return id;
        });
  }

  @Override
  public Optional<BlockJob> blockJob(UUID id, String target) {
    return on(
        id,
        domain ->
            domain
                .blocks()
                .job(target)
                .map(job -> new BlockJob(job.current(), job.end(), ready(domain, target, job))));
  }

  private static boolean ready(Domain domain, String target, BlockJobInfo job) {
    return (job.type() == BlockJobType.ACTIVE_COMMIT || job.type() == BlockJobType.COPY)
        && disk(domain, target)
            .flatMap(disk -> Xml.attribute(disk, "mirror", "ready"))
            .filter("yes"::equals)
            .isPresent();
  }

  @Override
  public void copy(UUID id, String target, String file) {
    Document destination = Xml.parse("<disk type='file'/>");
    Element root = destination.getDocumentElement();
    Xml.ensure(root, "driver").setAttribute("type", "qcow2");
    Xml.ensure(root, "source").setAttribute("file", file);
    on(
        id,
        domain -> {
          domain
              .blocks()
              .copy(
                  target,
                  Xml.write(destination),
                  TypedParameters.NONE,
                  Flags.BlockCopy.SHALLOW,
                  Flags.BlockCopy.REUSE_EXTERNAL,
                  Flags.BlockCopy.TRANSIENT_JOB,
                  Flags.BlockCopy.SYNCHRONOUS_WRITES);
          return id;
        });
  }

  @Override
  public Optional<String> copyTarget(UUID id, String target) {
    return on(
        id,
        domain ->
            disk(domain, target)
                .flatMap(disk -> Xml.child(disk, "mirror"))
                .filter(mirror -> "copy".equals(mirror.getAttribute("job")))
                .flatMap(mirror -> Xml.attribute(mirror, "source", "file")));
  }

  @Override
  public void cancel(UUID id, String target) {
    on(
        id,
        domain -> {
          domain.blocks().abortJob(target);
          return id;
        });
  }

  @Override
  public void pivot(UUID id, String target) {
    on(
        id,
        domain -> {
          domain.blocks().abortJob(target, Flags.BlockJobAbort.PIVOT);
          return id;
        });
  }

  @Override
  public void resizeDisk(UUID id, String target, long bytes) {
    on(
        id,
        domain -> {
          domain.blocks().resize(target, bytes);
          return id;
        });
  }
}
