package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.SnapshotFixture;
import io.overt.model.ApiEnum;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An installation in which every searchable field of every object has a value somewhere. */
final class World {
  /** A Sunday, 08:15 in the zone. */
  static final Instant NOW = Instant.parse("2026-11-22T07:15:00Z");

  static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Europe/Berlin"));
  static final Snapshot SNAPSHOT = build();
  static final SearchEngine ENGINE = new SearchEngine(new Reported(), CLOCK, Locale.US);

  private World() {}

  /** Ids of what a search finds, in order. */
  static List<String> find(Kind<?> kind, String text) {
    return find(kind, text, SearchOptions.NONE);
  }

  static List<String> find(Kind<?> kind, String text, SearchOptions options) {
    return ENGINE.search(SNAPSHOT, kind, SearchQuery.parse(text), options).stream()
        .map(Entity::id)
        .toList();
  }

  /** What hosts would report. */
  private static final class Reported implements RuntimeValues {
    @Override
    public @Nullable Number number(Kind<?> kind, String id, String field) {
      return switch (id + " " + field) {
        case "web1 cpu_usage" -> 40;
        case "web1 mem_usage" -> 50;
        case "web1 network_usage" -> 60;
        case "web2 migration_progress_percent" -> 70;
        case "h1 cpu_usage" -> 41;
        case "h1 mem_usage" -> 51;
        case "h1 network_usage" -> 61;
        case "h1 load" -> new BigDecimal("1.5");
        case "h1 committed_mem" -> 1024;
        case "h1 spm_id" -> 1;
        default -> null;
      };
    }

    @Override
    public @Nullable String text(Kind<?> kind, String id, String field) {
      return switch (id + " " + field) {
        case "web1 ip" -> "10.0.0.5 fe80::1";
        case "web1 apps" -> "nginx-1.2,qemu-ga";
        case "web1 loggedinuser" -> "alice";
        default -> null;
      };
    }
  }

  private static Snapshot build() {
    SnapshotFixture fixture = new SnapshotFixture();
    compute(fixture);
    storage(fixture);
    network(fixture);
    people(fixture);
    return fixture.build();
  }

  private static void compute(SnapshotFixture fixture) {
    add(
        fixture,
        Kinds.DATA_CENTER,
        "id=dc1 name=Default local=false status=up version.major=4 "
            + "version.minor=7 quota_mode=audit comment=main");
    add(fixture, Kinds.DATA_CENTER, "id=dc2 name=Remote local=true status=problematic");
    add(
        fixture,
        Kinds.CLUSTER,
        "id=cl1 name=Alpha data_center=dc1 cpu.architecture=x86_64 "
            + "cpu.type=Nehalem version.major=4 version.minor=7");
    add(fixture, Kinds.CLUSTER, "id=cl2 name=Beta data_center=dc2 description=second");
    add(fixture, Kinds.TAG, "id=t0 name=root");
    add(fixture, Kinds.TAG, "id=t1 name=prod parent=t0");
    add(fixture, Kinds.TAG, "id=t2 name=shop parent=t1");
    add(
        fixture,
        Kinds.HOST,
        "id=h1 name=host1 cluster=cl1 status=up address=10.1.1.1 "
            + "external_status=ok memory=68719476736 cpu.topology.sockets=2 cpu.topology.cores=8 "
            + "cpu.speed=2400 cpu.name=Xeon version.major=4 version.minor=50 summary.migrating=1 "
            + "type=ovirt_node update_available=true hosted_engine.score=3400 tags=t1 comment=rack "
            + "hardware_information.uuid=4C4C4544-0000-0010-8000-000000000001");
    add(fixture, Kinds.HOST, "id=h2 name=host2 cluster=cl2 status=non_responsive type=rhel");
    add(fixture, Kinds.TEMPLATE, "id=tp1 name=Blank status=ok");
    add(
        fixture,
        Kinds.TEMPLATE,
        "id=tp2 name=golden status=locked cluster=cl1 tags=t2 "
            + "memory=1073741824 os.type=rhel_9x64 version.version_name=v2 quota=q1 "
            + "creation_time=2026-11-20T10:00:00Z comment=gold",
        null,
        Map.of("sealed", "true"));
    add(fixture, Kinds.INSTANCE_TYPE, "id=it1 name=Small memory=2147483648");
    add(fixture, Kinds.VM_POOL, "id=p1 name=desks cluster=cl1 type=automatic comment=c");
    add(
        fixture,
        Kinds.VM,
        "id=web1 name=Web1 cluster=cl1 template=tp2 host=h1 status=up "
            + "fqdn=web1.example.org start_time=2026-11-21T05:15:00Z os.type=rhel_9x64 tags=t2 "
            + "creation_time=2026-11-21T23:30:00Z memory=2147483648 description=front "
            + "memory_policy.guaranteed=1073741824 type=server quota=q1 bios.type=q35_ovmf "
            + "cpu.topology.sockets=2 cpu.topology.cores=2 cpu.topology.threads=1 comment=c_1 "
            + "custom_emulated_machine=pc-q35 custom_cpu_model=EPYC "
            + "custom_compatibility_version.major=4 custom_compatibility_version.minor=6 "
            + "next_run_configuration_exists=true has_illegal_images=false",
        null,
        Map.of("created_by_user_id", "u1"));
    add(
        fixture,
        Kinds.VM,
        "id=web2 name=web2 cluster=cl1 template=tp1 host=h1 "
            + "status=migrating memory=1073741824 description=front creation_time=2026-11-20T12:00:00Z");
    add(
        fixture,
        Kinds.VM,
        "id=db1 name=db1 cluster=cl2 template=tp1 status=down vm_pool=p1 "
            + "type=desktop memory=4294967296 description=store creation_time=2026-11-22T05:00:00Z");
    add(fixture, Kinds.VM, "id=bare name=bare template=tp1 status=powering_up vm_pool=p1");
  }

  private static void storage(SnapshotFixture fixture) {
    add(
        fixture,
        Kinds.QUOTA,
        "id=q1 name=gold data_center=dc1 storage_soft_limit_pct=80 "
            + "storage_hard_limit_pct=20 cluster_soft_limit_pct=81 cluster_hard_limit_pct=21");
    add(
        fixture,
        Kinds.STORAGE_DOMAIN,
        "id=sd1 name=fast available=107374182400 used=10737418240 "
            + "committed=5368709120 storage.type=nfs external_status=ok wipe_after_delete=true "
            + "discard_after_delete=false warning_low_space_indicator=10 backup=false "
            + "critical_space_action_blocker=5 comment=c");
    add(fixture, Kinds.STORAGE_DOMAIN, "id=sd2 name=spare storage.type=iscsi");
    add(
        fixture,
        Kinds.ATTACHED_STORAGE_DOMAIN,
        "id=sd1 status=active",
        Kinds.DATA_CENTER.key("dc1"),
        Map.of());
    add(
        fixture,
        Kinds.DISK,
        "id=d1 alias=root1 storage_domains=sd1 provisioned_size=1000 "
            + "actual_size=500 shareable=true status=ok storage_type=image content_type=data "
            + "sparse=true quota=q1 wipe_after_delete=true description=boot",
        null,
        Map.of("creation_date", "2026-11-21T10:00:00Z", "last_modified", "2026-11-22T06:00:00Z"));
    add(fixture, Kinds.DISK, "id=d2 alias=Lun storage_type=lun sparse=false status=illegal");
    add(fixture, Kinds.DISK_ATTACHMENT, "id=d1 disk=d1", Kinds.VM.key("web1"), Map.of());
    add(fixture, Kinds.DISK_ATTACHMENT, "id=d1 disk=d1", Kinds.VM.key("web2"), Map.of());
  }

  private static void network(SnapshotFixture fixture) {
    add(
        fixture,
        Kinds.OPEN_STACK_NETWORK_PROVIDER,
        "id=pr1 name=ovn type=external url=http://ovn.example.org:9696 description=d");
    add(fixture, Kinds.QOS, "id=qos1 name=limit data_center=dc1 type=network");
    add(
        fixture,
        Kinds.NETWORK,
        "id=n1 name=ovirtmgmt data_center=dc1 mtu=1500 stp=false "
            + "usages=vm vlan.id=7 qos=qos1 external_provider=pr1 comment=c description=mgmt");
    add(fixture, Kinds.NETWORK, "id=n2 name=backup data_center=dc2 mtu=9000");
    add(fixture, Kinds.NETWORK, "id=n3 name=zeta data_center=dc1");
    add(fixture, Kinds.NETWORK_LABEL, "id=green", Kinds.NETWORK.key("n1"), Map.of());
    add(fixture, Kinds.CLUSTER_NETWORK, "id=n1", Kinds.CLUSTER.key("cl1"), Map.of());
    add(fixture, Kinds.NETWORK_ATTACHMENT, "id=na1 network=n1", Kinds.HOST.key("h1"), Map.of());
    add(
        fixture,
        Kinds.HOST_NIC,
        "id=hn1 name=eth0 network=n1 mac.address=aa:00",
        Kinds.HOST.key("h1"),
        Map.of());
    add(fixture, Kinds.NETWORK_FILTER, "id=nf1 name=no-spoof");
    add(
        fixture,
        Kinds.VNIC_PROFILE,
        "id=vp1 name=mgmt network=n1 port_mirroring=true "
            + "pass_through.mode=enabled qos=qos1 network_filter=nf1 failover=vp2");
    add(fixture, Kinds.VNIC_PROFILE, "id=vp2 name=plain network=n2 pass_through.mode=disabled");
    add(
        fixture,
        Kinds.NIC,
        "id=ni1 name=nic1 vnic_profile=vp1 mac.address=bb:01",
        Kinds.VM.key("web1"),
        Map.of());
  }

  private static void people(SnapshotFixture fixture) {
    add(
        fixture,
        Kinds.USER,
        "id=u1 name=Alice last_name=Smith principal=alice "
            + "user_name=alice@internal department=ops domain.name=internal tags=t1");
    add(fixture, Kinds.USER, "id=u2 name=Bob user_name=bob@internal");
    add(fixture, Kinds.GROUP, "id=g1 name=staff");
    add(fixture, Kinds.ROLE, "id=r1 name=UserRole");
    add(fixture, Kinds.PERMISSION, "id=pm1 user=u1 vm=web1 role=r1");
    add(fixture, Kinds.PERMISSION, "id=pm2 user=u1 vm_pool=p1 role=r1");
    add(
        fixture,
        Kinds.EVENT,
        "id=9 code=30 severity=normal description=started "
            + "time=2026-11-22T06:00:00Z user=u1 vm=web1 host=h1 template=tp2 cluster=cl1 "
            + "data_center=dc1 storage_domain=sd1 correlation_id=abc origin=oVirt custom_id=5",
        null,
        Map.of("quota_id", "q1", "volume_name", "bricks"));
    add(
        fixture,
        Kinds.EVENT,
        "id=10 code=31 severity=error description=failed " + "time=2026-11-21T06:00:00Z vm=db1");
    add(
        fixture,
        Kinds.EVENT,
        "id=11 code=31 severity=error description=hidden",
        null,
        Map.of("deleted", "true"));
    add(
        fixture,
        Kinds.JOB,
        "id=j1 description=Adding status=started start_time=2026-11-22T06:00:00Z",
        null,
        Map.of("correlation_id", "abc"));
    add(
        fixture,
        Kinds.JOB,
        "id=j2 description=Removing status=finished start_time=2026-11-22T05:00:00Z"
            + " end_time=2026-11-22T05:10:00Z");
  }

  private static <T extends Struct> void add(SnapshotFixture fixture, Kind<T> kind, String text) {
    add(fixture, kind, text, null, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Struct> void add(
      SnapshotFixture fixture,
      Kind<T> kind,
      String text,
      io.overt.inventory.@Nullable Key owner,
      Map<String, String> internals) {
    Struct struct = kind.type().create();
    for (String assignment : text.split(" ")) {
      String[] parts = assignment.split("=", 2);
      set(struct, List.of(parts[0].split("\\.")), parts[1]);
    }
    fixture.add(kind, (T) struct, owner, internals);
  }

  private static void set(Struct struct, List<String> path, String text) {
    Member member = struct.type().member(path.getFirst());
    if (path.size() > 1) {
      Struct inner = (Struct) struct.get(member);
      if (inner == null) {
        inner = member.structType().create();
        struct.set(member, inner);
      }
      set(inner, path.subList(1, path.size()), text);
      return;
    }
    Object value = value(member, text);
    struct.set(member, member.list() ? new ArrayList<>(List.of(value)) : value);
  }

  private static Object value(Member member, String text) {
    return switch (member.kind()) {
      case STRING -> text;
      case BOOLEAN -> Boolean.valueOf(text);
      case INTEGER -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> Instant.parse(text);
      case ENUM -> Objects.<@Nullable ApiEnum>requireNonNull(member.enumType().find(text), text);
      case STRUCT -> reference(member.structType(), text);
    };
  }

  private static Struct reference(StructType type, String id) {
    Struct struct = type.create();
    struct.set("id", id);
    return struct;
  }
}
