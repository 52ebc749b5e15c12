package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.console;
import static org.ovirt.engine.sdk4.builders.Builders.dataCenter;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.memoryPolicy;
import static org.ovirt.engine.sdk4.builders.Builders.operatingSystem;
import static org.ovirt.engine.sdk4.builders.Builders.property;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import io.overt.engine.config.AdminClient;
import io.overt.libvirt.testing.TestGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ovirt.engine.sdk4.builders.HostStorageBuilder;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.StorageDomainStatus;
import org.ovirt.engine.sdk4.types.StorageDomainType;
import org.ovirt.engine.sdk4.types.TemplateStatus;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * What an administrator does before real hosts are of use: certificates and settings of their
 * agents, a data center and a cluster of one name, storage, and the template of the demo's guest.
 */
final class HostSetUp {
  private static final long MEMORY = 128L << 20;

  private final SystemService system;
  private final String name;

  /**
   * @param name of the data center and of the cluster
   */
  HostSetUp(SystemService system, String name) {
    this.system = system;
    this.name = name;
  }

  /** Has the engine make a host's certificate; where it lies. */
  static Path enroll(AdminClient engine, Path pki, String host, String address) {
    Path keys = pki.resolve("hosts").resolve(host);
    engine.call(
        "enroll host",
        Map.of("name", host, "addresses", List.of(address), "directory", keys.toString()));
    return keys;
  }

  /**
   * An agent's settings.
   *
   * @param directory of the host's own files, with its scripts in {@code hooks}
   */
  static List<String> agent(
      Path keys, int port, String address, String libvirt, Path directory, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--tls-certificate=" + keys.resolve("cert.pem"),
                "--tls-key=" + keys.resolve("key.pem"),
                "--tls-authority=" + keys.resolve("ca.pem"),
                "--port=" + port,
                "--bind-address=" + address,
                "--libvirt-uri=" + libvirt,
                "--virt-type=qemu",
                "--state-directory=" + directory.resolve("agent"),
                "--storage-root=" + directory.resolve("storage-root"),
                "--hooks=" + directory.resolve("hooks"),
                "--serial-log=true",
                "--serial-sockets=" + directory.resolve("serial"),
                "--console-address=127.0.0.1"));
    settings.addAll(List.of(more));
    return List.copyOf(settings);
  }

  /** This machine may be busy with tests for longer than a cluster otherwise puts up with. */
  void addCluster(boolean local) {
    system.dataCentersService().add().dataCenter(dataCenter().name(name).local(local)).send();
    system
        .clustersService()
        .add()
        .cluster(
            cluster()
                .name(name)
                .dataCenter(dataCenter().name(name))
                .customSchedulingPolicyProperties(
                    property().name("CpuOverCommitDurationMinutes").value("999")))
        .send();
  }

  /**
   * Makes a storage domain and waits until it is active.
   *
   * @return its id
   */
  String addStorage(String domain, String host, HostStorageBuilder storage, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    String id =
        system
            .storageDomainsService()
            .add()
            .storageDomain(
                storageDomain()
                    .name(domain)
                    .type(StorageDomainType.DATA)
                    .host(host().name(host))
                    .storage(storage))
            .send()
            .storageDomain()
            .id();
    String center =
        system
            .dataCentersService()
            .list()
            .search("name=" + name)
            .send()
            .dataCenters()
            .getFirst()
            .id();
    var attached = system.dataCentersService().dataCenterService(center).storageDomainsService();
    attached.add().storageDomain(storageDomain().id(id)).send();
    Await.until(
        "the storage domain is active",
        () -> attached.storageDomainService(id).get().send().storageDomain().status(),
        StorageDomainStatus.ACTIVE::equals);
    return id;
  }

  void addTemplate() {
    addTemplate("");
  }

  /**
   * A template of the demo's guest, with its agent.
   *
   * @param words more for the guest's kernel
   */
  void addTemplate(String words) {
    String seed = addSeed(words);
    Await.until(
        "the seed is made",
        () -> system.vmsService().vmService(seed).get().send().vm().status(),
        VmStatus.DOWN::equals);
    String made =
        system
            .templatesService()
            .add()
            .template(template().name(RealHost.TEMPLATE).vm(vm().id(seed)))
            .send()
            .template()
            .id();
    Await.until(
        "the template is made",
        () -> system.templatesService().templateService(made).get().send().template().status(),
        TemplateStatus.OK::equals);
    system.vmsService().vmService(seed).remove().send();
  }

  private String addSeed(String words) {
    Path guest = TestGuest.images();
    return system
        .vmsService()
        .add()
        .vm(
            vm().name("tiny-seed")
                .cluster(cluster().name(name))
                .template(template().name("Blank"))
                .memory(MEMORY)
                .memoryPolicy(memoryPolicy().guaranteed(MEMORY).max(MEMORY))
                .console(console().enabled(true))
                .os(
                    operatingSystem()
                        .type("other_linux")
                        .kernel(guest.resolve("kernel").toString())
                        .initrd(guest.resolve("initrd-agent.gz").toString())
                        .cmdline(("console=ttyS0 " + words).strip())))
        .send()
        .vm()
        .id();
  }
}
