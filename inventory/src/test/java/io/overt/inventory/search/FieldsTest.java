package io.overt.inventory.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.Kind;
import io.overt.inventory.SnapshotFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every object, over {@link World}: the query, and the ids it finds in order. */
class FieldsTest {
  private record Case(String object, String query, List<String> found) {}

  private static final String CASES =
      """
      vms: name=web1 -> web1
      vms: name=WEB* -> web1 web2
      vms: name=*1 -> web1 db1
      vms: comment=c_1 -> web1
      vms: comment=c?1 ->
      vms: status=up -> web1
      vms: status=PoweringUp -> bare
      vms: status=powering_up -> bare
      vms: status=MigratingFrom -> web2
      vms: status!=up -> bare db1 web2
      vms: status=ImageIllegal ->
      vms: ip=10.0.0.5* -> web1
      vms: on_host=host1 -> web1 web2
      vms: fqdn=*.example.org -> web1
      vms: uptime>1 -> web1
      vms: uptime>1.02:00:00 ->
      vms: uptime<3d -> web1
      vms: os=rhel_9x64 -> web1
      vms: creationdate>yesterday -> web1 db1
      vms: creationdate=today -> web1 db1
      vms: creationdate=friday -> web2
      vms: creationdate<"11/21/2026" -> web2
      vms: creationdate<2026-11-21 -> web2
      vms: creationdate>"2026-11-22 05:59" -> db1
      vms: creationdate>"Nov 21, 2026" -> web1 db1
      vms: creationdate>"Nov 22, 2026, 5:59:00 AM" -> db1
      vms: creationdate="November 20, 2026" -> web2
      vms: creationdate="Friday, November 20, 2026" -> web2
      vms: creationdate="11/20/26" -> web2
      vms: address=web1* -> web1
      vms: cpu_usage>39 -> web1
      vms: mem_usage<=50 -> web1
      vms: network_usage=60 -> web1
      vms: memory>1500 -> web1 db1
      vms: memory>=2048 and memory<4096 -> web1
      vms: memory!=2048 -> bare db1 web2
      vms: guaranteed_memory=1024 -> web1
      vms: migration_progress_percent>50 -> web2
      vms: apps=nginx -> web1
      vms: cluster=alpha -> web1 web2
      vms: cluster!=alpha -> bare db1
      vms: pool=desks -> bare db1
      vms: pool="" -> web1 web2
      vms: pool=null -> web1 web2
      vms: pool=* -> bare db1
      vms: loggedinuser=alice -> web1
      vms: tag=shop -> web1
      vms: tag=root -> web1
      vms: tag=pr* -> web1
      vms: tag!=root -> bare db1 web2
      vms: datacenter=remote -> db1
      vms: type=Desktop -> db1
      vms: quota=gold -> web1
      vms: id=WEB1 -> web1
      vms: id!=web1 -> bare db1 web2
      vms: description=* -> web1 bare db1 web2
      vms: description="" -> bare
      vms: architecture=x86_64 -> web1 web2
      vms: custom_emulated_machine=pc-* -> web1
      vms: custom_cpu_type=epyc -> web1
      vms: compatibility_level=4.7 -> web1 web2
      vms: custom_compatibility_level=4.6 -> web1
      vms: created_by_user_id=u1 -> web1
      vms: next_run_config_exists=true -> web1
      vms: has_illegal_images=false -> web1
      vms: bios_type=Q35_OVMF -> web1
      vms: k8s_namespace=x ->
      vms: vcpus=4 -> web1
      vms: host.name=host1 -> web1 web2
      vms: Hosts.status=up -> web1 web2
      vms: host=10.1.1 -> web1 web2
      vms: template.name=golden -> web1
      vms: event.severity=error -> db1
      vms: events=started -> web1
      vms: user.name=alice -> web1
      vms: storage.name=fast -> web1 web2
      vms: vnic.mac_addr=bb* -> web1
      vms: vnic.network_name=ovirtmgmt -> web1
      vms: front -> web1 web2
      vms: "ron" cluster=beta ->
      vms: nginx ->
      vms: rhel ->
      vms: gold -> web1
      hosts: name=host* -> h1 h2
      hosts: comment=rack -> h1
      hosts: status=NonResponsive -> h2
      hosts: external_status=ok -> h1
      hosts: cluster=Alpha -> h1
      hosts: address=10.* -> h1
      hosts: cpu_usage=41 -> h1
      hosts: mem_usage=51 -> h1
      hosts: network_usage=61 -> h1
      hosts: load>1.4 -> h1
      hosts: version=4.50 -> h1
      hosts: cpus=16 -> h1
      hosts: memory=65536 -> h1
      hosts: cpu_speed>2000 -> h1
      hosts: cpu_model=xeon -> h1
      hosts: active_vms=2 -> h1
      hosts: migrating_vms=1 -> h1
      hosts: committed_mem=1024 -> h1
      hosts: tag=root -> h1
      hosts: type=rhel -> h2
      hosts: datacenter=default -> h1
      hosts: architecture=x86_64 -> h1
      hosts: update_available=true -> h1
      hosts: ha_score>3000 -> h1
      hosts: spm_id=1 -> h1
      hosts: hw_id=4c4c4544-0000-0010-8000-000000000001 -> h1
      hosts: id=h2 -> h2
      hosts: vm.name=web2 -> h1
      hosts: template.name=golden -> h1
      hosts: event.type=30 -> h1
      hosts: storage.name=fast -> h1
      hosts: nic.mac_addr=aa* -> h1
      hosts: user.name=alice ->
      template: name=bl* -> tp1
      template: comment=gold -> tp2
      template: os=rhel* -> tp2
      template: creationdate=friday -> tp2
      template: childcount=3 -> tp1
      template: mem=1024 -> tp2
      template: description=* -> tp1 tp2
      template: status=Locked -> tp2
      template: sealed=true -> tp2
      template: cluster=alpha -> tp2
      template: datacenter=default -> tp2
      template: quota=gold -> tp2
      template: architecture=x86_64 -> tp2
      template: version_name=v2 -> tp2
      template: tag=prod -> tp2
      template: _vmt_id=tp1 -> tp1
      template: vm.name=web1 -> tp2
      template: host.name=host1 -> tp1 tp2
      template: event.message=started -> tp2
      instancetypes: mem=2048 -> it1
      clusters: name=alpha and description=* -> cl1
      clusters: comment=* -> cl1 cl2
      clusters: description=second -> cl2
      clusters: architecture=x86_64 -> cl1
      clusters: compatibility_level>=4.7 -> cl1
      clusters: cpu_type=nehalem -> cl1
      clusters: storage.name=fast -> cl1
      clusters: datacenter.name=Remote -> cl2
      clusters: cluster_network.network_name=ovirtmgmt -> cl1
      datacenter: name=Default and status=up -> dc1
      datacenter: description=* -> dc1 dc2
      datacenter: local=true -> dc2
      datacenter: status=NonResponsive -> dc2
      datacenter: comment=main -> dc1
      datacenter: compatibility_version=4.7 -> dc1
      datacenter: cluster.name=beta -> dc2
      datacenter: storage.type=nfs -> dc1
      datacenter: network.mtu=9000 -> dc2
      storage: name=f* -> sd1
      storage: status=active -> sd1
      storage: status=unattached -> sd2
      storage: shared_status=active -> sd1
      storage: shared_status=unattached -> sd2
      storage: external_status=ok -> sd1
      storage: datacenter=default -> sd1
      storage: type=ISCSI -> sd2
      storage: free_size=100 -> sd1
      storage: used_size=10 -> sd1
      storage: total_size>100 -> sd1
      storage: committed=5 -> sd1
      storage: comment=c -> sd1
      storage: description=* -> sd1 sd2
      storage: wipe_after_delete=true -> sd1
      storage: discard_after_delete=false -> sd1
      storage: low_space_threshold (%)=10 -> sd1
      storage: critical_space_threshold (gb) > 4 -> sd1
      storage: backup=false -> sd1
      storage: host.name=host1 -> sd1
      storage: cluster.name=alpha -> sd1
      disks: alias=root1 -> d1
      disks: name=lun -> d2
      disks: description=boot -> d1
      disks: provisioned_size>999 -> d1
      disks: size=1000 -> d1
      disks: actual_size<501 -> d1
      disks: creation_date=yesterday -> d1
      disks: shareable=true -> d1
      disks: status=ILLEGAL -> d2
      disks: disk_type=lun -> d2
      disks: disk_content_type=data -> d1
      disks: allocation_policy=Preallocated -> d2
      disks: number_of_vms=2 -> d1
      disks: vm_names=web2 -> d1
      disks: vm_names!=web2 -> d2
      disks: quota=gold -> d1
      disks: id=d2 -> d2
      disks: wipe_after_delete=true -> d1
      disks: last_modified=today -> d1
      disks: storage.name=fast -> d1
      disks: datacenter.name=default -> d1
      networks: -> n1 n3 n2
      networks: name=b* -> n2
      networks: description=mgmt -> n1
      networks: comment=c -> n1
      networks: vlanid=7 -> n1
      networks: stp=false -> n1
      networks: mtu>1500 -> n2
      networks: vmnetwork=true -> n1
      networks: datacenter=default -> n1 n3
      networks: label=green -> n1
      networks: provider_name=ovn -> n1
      networks: qos_name=limit -> n1
      networks: cluster_network.cluster_name=alpha -> n1
      networks: host_network.host_name=host1 -> n1
      networks: provider.url=http* -> n1
      pools: name=desks -> p1
      pools: description=* -> p1
      pools: comment=c -> p1
      pools: type=AUTOMATIC -> p1
      pools: cluster=alpha -> p1
      pools: datacenter=default -> p1
      pools: architecture=x86_64 -> p1
      pools: assigned_vm_count=2 -> p1
      pools: running_vm_count=1 -> p1
      events: -> 10 9
      events: type=30 -> 9
      events: severity=ERROR -> 10
      events: message=start* -> 9
      events: time>today -> 9
      events: usrname=alice -> 9
      events: event_host=host1 -> 9
      events: event_vm=db1 -> 10
      events: event_template=golden -> 9
      events: event_storage=fast -> 9
      events: event_datacenter=default -> 9
      events: event_volume=bricks -> 9
      events: correlation_id=abc -> 9
      events: origin=ovirt -> 9
      events: custom_event_id=5 -> 9
      events: deleted=true -> 11
      events: _event_vm_id=web1 -> 9
      events: _event_template_id=tp2 -> 9
      events: _event_storage_id=sd1 -> 9
      events: _event_host_id=h1 -> 9
      events: _event_datacenter_id=dc1 -> 9
      events: _event_quota_id=q1 -> 9
      events: usrid=u1 -> 9
      events: vm.name=web1 -> 9
      events: hosts.name=host1 -> 9
      events: template.name=golden -> 9
      events: user.name=alice -> 9
      events: cluster.name=alpha -> 9
      events: quota.name=gold -> 9
      users: name=alice -> u1
      users: lastname=smith -> u1
      users: usrname=alice* -> u1
      users: usrname=bob@* -> u2
      users: user_and_domain=alice@internal -> u1
      users: login=alice -> u1
      users: directory=internal -> u1
      users: department=ops -> u1
      users: tag=root -> u1
      users: pool=desks -> u1
      users: type=User -> u1 u2
      users: type=Group ->
      users: vm.name=web1 -> u1
      users: event.type=30 -> u1
      groups: grpname=staff -> g1
      groups: name=st* -> g1
      jobs: correlation_id=abc -> j1
      jobs: -> j2 j1
      jobs: sortby start_time desc -> j1 j2
      jobs: start_time>"2026-11-22 06:30" -> j1
      jobs: status=started -> j1
      jobs: end_time>"2026-11-22 06:00" -> j2
      vnicprofiles: name=m* -> vp1
      vnicprofiles: description=* -> vp1 vp2
      vnicprofiles: port_mirroring=true -> vp1
      vnicprofiles: passthrough=false -> vp2
      vnicprofiles: network_name=ovirtmgmt -> vp1
      vnicprofiles: compatibility_version=4.7 -> vp1
      vnicprofiles: datacenter=remote -> vp2
      vnicprofiles: qos_name=limit -> vp1
      vnicprofiles: network_filter=no-* -> vp1
      vnicprofiles: failover=plain -> vp1
      providers: name=ovn -> pr1
      providers: type=EXTERNAL_NETWORK -> pr1
      providers: description=d -> pr1
      providers: url=http* -> pr1
      quota: name=gold -> q1
      quota: storagepoolname=default -> q1
      quota: description=* -> q1
      quota: thresholdstoragepercentage=80 -> q1
      quota: thresholdclusterpercentage=81 -> q1
      quota: gracestoragepercentage=20 -> q1
      quota: graceclusterpercentage=21 -> q1
      quota: enforcementtype=SOFT_ENFORCEMENT -> q1
      """;

  static List<Case> cases() {
    return CASES.lines().map(FieldsTest::parse).toList();
  }

  private static Case parse(String line) {
    int colon = line.indexOf(':');
    int arrow = line.indexOf(" ->");
    String found = line.substring(arrow + 3).strip();
    return new Case(
        line.substring(0, colon),
        line.substring(colon + 1, arrow).strip(),
        found.isEmpty() ? List.of() : List.of(found.split(" ")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsWhatTheFieldSays(Case expected) {
    Kind<?> kind = SearchObjects.kindOf(expected.object()).orElseThrow();
    assertThat(World.find(kind, expected.query())).containsExactlyElementsOf(expected.found());
  }

  @Test
  void everyFieldHasACase() {
    Set<String> named = new HashSet<>();
    for (Case expected : cases()) {
      Kind<?> kind = SearchObjects.kindOf(expected.object()).orElseThrow();
      for (Field field : SearchObjects.of(kind).fields()) {
        if (expected.query().contains(field.name())) {
          named.add(kind + "." + field.name());
        }
      }
    }
    List<String> missing = new ArrayList<>();
    for (SearchObject<?> object : SearchObjects.all()) {
      for (Field field : object.fields()) {
        String name = object.kind() + "." + field.name();
        boolean sharedTable =
            object.kind().name().endsWith("_provider")
                || object.kind().name().equals("instance_type");
        if (!sharedTable && !named.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyFieldAndReferenceAnswersOnEveryObject() {
    for (SearchObject<?> object : SearchObjects.all()) {
      for (Field field : object.fields()) {
        World.find(object.kind(), "sortby " + field.name());
      }
      Scope scope = new Scope(World.SNAPSHOT, RuntimeValues.NONE, Instant.EPOCH);
      for (Relation relation : object.relations().values()) {
        scope.all(object.kind()).forEach(entity -> relation.related().apply(scope, entity));
      }
    }
  }

  @Test
  void anEmptyInventoryHasNothing() {
    var snapshot = new SnapshotFixture().build();
    for (SearchObject<?> object : SearchObjects.all()) {
      assertThat(
              World.ENGINE.search(
                  snapshot, object.kind(), SearchQuery.parse(""), SearchOptions.NONE))
          .isEmpty();
    }
  }
}
