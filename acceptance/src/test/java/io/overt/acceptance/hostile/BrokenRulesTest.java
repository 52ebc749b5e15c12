package io.overt.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.EngineFixture;
import io.overt.acceptance.SharedEngine;
import io.overt.acceptance.hostile.Wire.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed requests that break a rule of the object they are about: status and reason. */
@ExtendWith(SharedEngine.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class BrokenRulesTest {
  private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");

  private final Wire wire;
  private final Map<String, String> values = new HashMap<>();

  BrokenRulesTest(EngineFixture engine) {
    this.wire = new Wire(engine);
  }

  @BeforeAll
  void objects() {
    values.put("{none}", "11111111-2222-3333-4444-555555555555");
    add(
        "{dc}",
        "/datacenters",
        "<data_center><name>rules</name><local>false</local></data_center>");
    add("{cluster}", "/clusters", cluster("rules"));
    add("{net}", "/networks", "<network><name>rules</name><data_center id='{dc}'/></network>");
    add(
        "{bare}",
        "/networks",
        "<network><name>bare</name><data_center id='{dc}'/><usages/></network>");
    add(
        "{profile}",
        "/cpuprofiles",
        "<cpu_profile><name>own</name><cluster id='{cluster}'/></cpu_profile>");
    add(
        "{vm}",
        "/vms",
        "<vm><name>rules</name><cluster id='{cluster}'/><template><name>Blank</name></template></vm>");
    add("{label}", "/affinitylabels", "<affinity_label><name>rules</name></affinity_label>");
    add("{tag}", "/tags", "<tag><name>rules</name></tag>");
    add("", "/networks/{net}/networklabels", "<network_label id='rules'/>");
    add("", "/affinitylabels/{label}/vms", "<vm id='{vm}'/>");
    add(
        "{watchdog}",
        "/vms/{vm}/watchdogs",
        "<watchdog><action>none</action><model>i6300esb</model></watchdog>");
  }

  private static String cluster(String name) {
    return "<cluster><name>"
        + name
        + "</name><data_center id='{dc}'/><cpu><architecture>x86_64"
        + "</architecture><type>Intel Nehalem Family</type></cpu></cluster>";
  }

  private void add(String name, String path, String body) {
    Reply reply = send("POST", path, body);
    assertThat(reply.status()).as(path + ": " + reply).isEqualTo(201);
    Matcher id = ID.matcher(reply.body());
    assertThat(id.find()).isTrue();
    values.put(name.isEmpty() ? path : name, id.group(1));
  }

  private Reply send(String method, String path, String body) {
    String[] texts = {path, body};
    for (int index = 0; index < texts.length; index++) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        texts[index] = texts[index].replace(value.getKey(), value.getValue());
      }
    }
    return wire.xml(method, Wire.API + texts[0], texts[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // names
        "400 | Operation Failed | POST /tags | <tag><name>a b</name></tag>",
        "400 | Operation Failed | POST /datacenters/{dc}/quotas | <quota><name>a b</name></quota>",
        "400 | Operation Failed | POST /datacenters/{dc}/iscsibonds | <iscsi_bond><name>a b</name></iscsi_bond>",
        "400 | Operation Failed | POST /roles | <role><name>a b</name><administrative>false</administrative><permits><permit id='1'/></permits></role>",
        "400 | Operation Failed | POST /cpuprofiles | <cpu_profile><name>a b</name><cluster id='{cluster}'/></cpu_profile>",
        "400 | Operation Failed | POST /clusters | <cluster><name>a b</name><data_center id='{dc}'/></cluster>",
        // what a body refers to: looked up first, or checked by a rule
        "404 | Operation Failed | POST /vnicprofiles | <vnic_profile><name>x</name><network id='{none}'/></vnic_profile>",
        "400 | Operation Failed | POST /networks/{none}/vnicprofiles | <vnic_profile><name>x</name></vnic_profile>",
        "400 | Operation Failed | POST /vnicprofiles | <vnic_profile><name>x</name><network id='{net}'/><network_filter id='{none}'/></vnic_profile>",
        "400 | Operation Failed | POST /vnicprofiles | <vnic_profile><name>x</name><network id='{net}'/><qos id='{none}'/></vnic_profile>",
        "404 | Operation Failed | POST /cpuprofiles | <cpu_profile><name>x</name><cluster id='{none}'/></cpu_profile>",
        "400 | Operation Failed | POST /cpuprofiles | <cpu_profile><name>x</name><cluster id='{cluster}'/><qos id='{none}'/></cpu_profile>",
        "404 | Operation Failed | POST /networks | <network><name>x</name><data_center><name>nowhere</name></data_center></network>",
        "400 | Operation Failed | POST /networks | <network><name>x</name><data_center id='{none}'/></network>",
        "400 | Incomplete parameters | POST /networks | <network><name>x</name></network>",
        "400 | Operation Failed | POST /datacenters/{none}/networks | <network><name>x</name></network>",
        "400 | Incomplete parameters | POST /affinitylabels/{label}/vms | <vm/>",
        "404 | `` | POST /vms/{vm}/affinitylabels | <affinity_label id='{none}'/>",
        "400 | Incomplete parameters | POST /vms/{vm}/affinitylabels | <affinity_label/>",
        "400 | Incomplete parameters | POST /disks | <disk><name>x</name><format>cow</format><storage_domains><storage_domain><name>nowhere</name></storage_domain></storage_domains></disk>",
        "400 | Incomplete parameters | POST /disks | <disk><name>x</name><lun_storage/></disk>",
        "400 | Operation Failed | POST /vms/{vm}/diskattachments | <disk_attachment><interface>virtio</interface><bootable>false</bootable><disk id='{none}'/></disk_attachment>",
        // what must not change, or not be twice
        "400 | Operation Failed | POST /cpuprofiles | <cpu_profile><name>own</name><cluster id='{cluster}'/></cpu_profile>",
        "400 | Operation Failed | PUT /cpuprofiles/{profile} | <cpu_profile><cluster id='{none}'/></cpu_profile>",
        "400 | Operation Failed | POST /networks/{net}/networklabels | <network_label id='other'/>",
        "400 | Operation Failed | PUT /networks/{net} | <network><port_isolation>true</port_isolation></network>",
        "409 | Operation Failed | PUT /networks/{bare} | <network><stp>true</stp></network>",
        "409 | Operation Failed | POST /networks | <network><name>x</name><data_center id='{dc}'/><usages/><port_isolation>true</port_isolation></network>",
        "409 | Operation Failed | DELETE /affinitylabels/{label} | ``",
        "400 | Operation Failed | PUT /vms/{vm}/watchdogs/{watchdog} | <watchdog><model>diag288</model></watchdog>",
        "400 | Incomplete parameters | POST /storageconnections | <storage_connection><type>iscsi</type><address>here</address></storage_connection>",
        // machines
        "400 | Operation Failed | PUT /vms/{vm} | <vm><custom_compatibility_version><major>9</major><minor>9</minor></custom_compatibility_version></vm>",
        "400 | Operation Failed | PUT /vms/{vm} | <vm><display><monitors>3</monitors></display></vm>",
        "400 | Operation Failed | PUT /vms/{vm} | <vm><display><type>vnc</type><monitors>2</monitors></display></vm>",
        "400 | Operation Failed | PUT /vms/{vm} | <vm><io><threads>-1</threads></io></vm>",
        "400 | Operation Failed | PUT /vms/{vm} | <vm><migration_downtime>-5</migration_downtime></vm>",
        "400 | Operation Failed | PUT /vms/{vm} | <vm><cpu><cpu_tune><vcpu_pins><vcpu_pin><vcpu>99</vcpu><cpu_set>1</cpu_set></vcpu_pin></vcpu_pins></cpu_tune></cpu></vm>",
        "409 | Operation Failed | PUT /vms/{vm} | <vm><memory>1073741824</memory><memory_policy><max>536870912</max></memory_policy></vm>",
        "400 | Incomplete parameters | PUT /tags/{tag} | <tag><vm><name>rules</name></vm></tag>",
        "400 | Incomplete parameters | PUT /vms/{vm} | <vm><domain><user><name>nobody</name></user></domain></vm>",
        "400 | Incomplete parameters | POST /vms | <vm><name>x</name><cluster id='{cluster}'/><snapshots><snapshot/></snapshots></vm>",
        "404 | Operation Failed | POST /vms | <vm><name>x</name><cluster id='{cluster}'/><snapshots><snapshot id='{none}'/></snapshots></vm>",
        "400 | Incomplete parameters | POST /vms | <vm><name>x</name><cluster id='{cluster}'/><initialization><configuration/></initialization></vm>",
        // actions without their machine, or with one that is down
        "400 | Operation Failed | POST /vms/{none}/start | <action/>",
        "400 | Operation Failed | POST /vms/{none}/stop | <action/>",
        "400 | Operation Failed | POST /vms/{none}/suspend | <action/>",
        "400 | Operation Failed | POST /vms/{none}/undosnapshot | <action/>",
        "404 | `` | POST /vms/nonsense/stop | <action/>",
        "404 | `` | POST /vms/{none}/reordermacaddresses | <action/>",
        "404 | Operation Failed | POST /vms/{none}/clone | <action><vm><name>x</name></vm></action>",
        "404 | Operation Failed | POST /vms/{none}/ticket | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/suspend | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/migrate | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/cancelmigration | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/freezefilesystems | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/thawfilesystems | <action/>",
        "409 | Operation Failed | POST /vms/{vm}/screenshot | <action/>",
      })
  void aBrokenRuleHasItsStatusAndReason(int status, String reason, String line, String body) {
    String[] words = line.split(" ");
    Reply reply = send(words[0], words[1], body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    if (reason.isEmpty()) {
      assertThat(reply.body()).isEmpty();
    } else {
      assertThat(reply.body()).contains("<reason>" + reason + "</reason>").contains("<detail>");
    }
  }

  @Test
  void aRefusedActionHoldsItsFaultExceptWhenItNeverBegan() {
    assertThat(send("POST", "/vms/{none}/stop", "<action/>").body())
        .contains("<action>\n    <fault>")
        .contains("<status>failed</status>");
    assertThat(send("POST", "/vms/{none}/ticket", "<action/>").body())
        .contains("<fault>\n    <detail>")
        .doesNotContain("action");
  }

  @Test
  void anEmptyReferenceSaysNothing() {
    Reply updated = send("PUT", "/tags/{tag}", "<tag><vm/><description>x</description></tag>");
    assertThat(updated.status()).as(updated.toString()).isEqualTo(200);
    assertThat(updated.body()).doesNotContain("<vm");
  }

  @Test
  void whatCloudInitWasToldInItsOwnMembersIsUnderstood() {
    String body =
        "<vm><initialization><cloud_init><host><address>told</address></host><users><user>"
            + "<user_name>ann</user_name><password>hush-now</password></user></users></cloud_init>"
            + "</initialization></vm>";
    Reply updated = send("PUT", "/vms/{vm}", body);
    assertThat(updated.status()).as(updated.toString()).isEqualTo(200);
    assertThat(updated.body())
        .contains("<host_name>told</host_name>")
        .contains("<user_name>ann</user_name>")
        .doesNotContain("hush-now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vms/{none}/nics",
        "/vms/{none}/watchdogs",
        "/vms/{none}/tags",
        "/templates/{none}/watchdogs",
        "/templates/{none}/tags",
        "/users/{none}/tags",
        "/groups/{none}/tags",
        "/networks/{none}/networklabels",
        "/networks/{none}/vnicprofiles",
      })
  void whatIsNotThereHasNothing(String path) {
    Reply reply = send("GET", path, "");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.body()).endsWith("/>\n");
    assertThat(send("GET", path.replace("{none}", "nonsense"), "").status()).isEqualTo(404);
  }

  @Test
  void aClusterMayHaveADotInItsName() {
    Reply added = send("POST", "/clusters", cluster("rules.dot"));
    assertThat(added.status()).as(added.toString()).isEqualTo(201);
  }

  @Test
  void alreadyBearingALabelIsNoFault() {
    assertThat(send("POST", "/affinitylabels/{label}/vms", "<vm id='{vm}'/>").status())
        .isEqualTo(201);
    Reply assigned = send("POST", "/vms/{vm}/affinitylabels", "<affinity_label id='{label}'/>");
    assertThat(assigned.status()).as(assigned.toString()).isEqualTo(201);
  }

  @Test
  void theDriveOfAMachineTakesADisc() {
    Reply added = send("POST", "/vms/{vm}/cdroms", "<cdrom><file id='rules.iso'/></cdrom>");
    assertThat(added.status()).as(added.toString()).isEqualTo(201);
    assertThat(send("GET", "/vms/{vm}/cdroms", "").body())
        .containsOnlyOnce("<cdrom ")
        .contains("<file id=\"rules.iso\"/>");
  }

  @ParameterizedTest
  @CsvSource({"/tags, </tags>", "/macpools, </mac_pools>", "/vnicprofiles, </vnic_profiles>"})
  void collectionsThatCannotBeSearchedIgnoreASearch(String path, String end) {
    Reply reply = wire.get(Wire.API + path + "?search=name%3Dnobody");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains(end);
  }
}
