package io.overt.access;

import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Struct;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.Host;
import io.overt.model.types.MacPool;
import io.overt.model.types.Network;
import io.overt.model.types.Nic;
import io.overt.model.types.Quota;
import io.overt.model.types.Snapshot;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Tag;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import io.overt.model.types.VnicProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Two data centers with one of everything each: names end in 1 and 2. VM 1 is of pool 1, from
 * template 1, with disk 1 in domain 1 and an interface of profile 1.
 */
public final class World {
  private final Transaction transaction;
  private final String number;

  private World(Transaction transaction, String number) {
    this.transaction = transaction;
    this.number = number;
  }

  /** Makes both. */
  public static void create(Transaction transaction) {
    new World(transaction, "1").fill();
    new World(transaction, "2").fill();
    transaction.insert(Kinds.MAC_POOL, new MacPool().id(id("macs")).name("macs"));
    transaction.insert(Kinds.TAG, new Tag().id(id("tag")).name("tag"));
  }

  /** The id of an object by its name. */
  public static String id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The key of an object by its name. */
  public static Key key(Kind<?> kind, String name) {
    return kind.key(id(name));
  }

  private String name(String what) {
    return what + number;
  }

  private String idOf(String what) {
    return id(name(what));
  }

  private <T extends Struct> void put(Kind<T> kind, T value) {
    transaction.insert(kind, value);
  }

  private void fill() {
    put(Kinds.DATA_CENTER, new DataCenter().id(idOf("dc")).name(name("dc")));
    Cluster cluster = new Cluster().id(idOf("cluster"));
    put(
        Kinds.CLUSTER,
        new Cluster()
            .id(idOf("cluster"))
            .name(name("cluster"))
            .dataCenter(new DataCenter().id(idOf("dc"))));
    put(Kinds.HOST, new Host().id(idOf("host")).name(name("host")).cluster(cluster));
    put(Kinds.CPU_PROFILE, new CpuProfile().id(idOf("cpus")).name(name("cpus")).cluster(cluster));
    put(
        Kinds.QUOTA,
        new Quota()
            .id(idOf("quota"))
            .name(name("quota"))
            .dataCenter(new DataCenter().id(idOf("dc"))));
    storage();
    networks();
    machines(cluster);
  }

  private void storage() {
    for (String domain : List.of("domain", "spare")) {
      put(Kinds.STORAGE_DOMAIN, new StorageDomain().id(idOf(domain)).name(name(domain)));
      transaction.insert(
          Kinds.ATTACHED_STORAGE_DOMAIN,
          new StorageDomain().id(idOf(domain)).name(name(domain)),
          Kinds.DATA_CENTER.key(idOf("dc")));
    }
    put(
        Kinds.DISK_PROFILE,
        new DiskProfile()
            .id(idOf("diskprofile"))
            .name(name("diskprofile"))
            .storageDomain(new StorageDomain().id(idOf("domain"))));
    for (String disk : List.of("disk", "templatedisk", "floating")) {
      put(
          Kinds.DISK,
          new Disk()
              .id(idOf(disk))
              .name(name(disk))
              .storageDomains(List.of(new StorageDomain().id(idOf("domain")))));
    }
  }

  private void networks() {
    for (String network : List.of("network", "othernet")) {
      put(
          Kinds.NETWORK,
          new Network()
              .id(idOf(network))
              .name(name(network))
              .dataCenter(new DataCenter().id(idOf("dc"))));
    }
    transaction.insert(
        Kinds.CLUSTER_NETWORK,
        new Network().id(idOf("network")).name(name("network")),
        Kinds.CLUSTER.key(idOf("cluster")));
    put(
        Kinds.VNIC_PROFILE,
        new VnicProfile()
            .id(idOf("profile"))
            .name(name("profile"))
            .network(new Network().id(idOf("network"))));
  }

  private void machines(Cluster cluster) {
    put(
        Kinds.TEMPLATE,
        new Template().id(idOf("template")).name(name("template")).cluster(cluster));
    attach("templatedisk", Kinds.TEMPLATE.key(idOf("template")));
    put(
        Kinds.VM_POOL,
        new VmPool()
            .id(idOf("pool"))
            .name(name("pool"))
            .cluster(cluster)
            .template(new Template().id(idOf("template"))));
    put(
        Kinds.VM,
        new Vm()
            .id(idOf("vm"))
            .name(name("vm"))
            .cluster(cluster)
            .template(new Template().id(idOf("template")))
            .vmPool(new VmPool().id(idOf("pool"))));
    put(
        Kinds.VM,
        new Vm()
            .id(idOf("plain"))
            .name(name("plain"))
            .cluster(cluster)
            .template(new Template().id(idOf("template"))));
    Key vm = Kinds.VM.key(idOf("vm"));
    attach("disk", vm);
    transaction.insert(
        Kinds.NIC,
        new Nic()
            .id(idOf("nic"))
            .name(name("nic"))
            .vnicProfile(new VnicProfile().id(idOf("profile"))),
        vm);
    transaction.insert(
        Kinds.SNAPSHOT, new Snapshot().id(idOf("snapshot")).description("before"), vm);
  }

  private void attach(String disk, Key owner) {
    transaction.insert(
        Kinds.DISK_ATTACHMENT,
        new DiskAttachment().id(idOf(disk)).disk(new Disk().id(idOf(disk))),
        owner);
  }
}
