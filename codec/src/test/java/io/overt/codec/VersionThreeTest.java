package io.overt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.Schema;
import io.overt.model.Struct;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of version 3's documents, against the same document of version 4. */
class VersionThreeTest {
  /** A type, the inside of its document in version 4 and in version 3, both ways. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu_topology | <cores>2</cores><sockets>1</sockets> | @cores='2' sockets='1'@",
        "version | <major>4</major><minor>6</minor> | @major='4' minor='6'@",
        "ip | <address>10.0.0.1</address><netmask>24</netmask> | @address='10.0.0.1' netmask='24'@",
        "mac | <address>00:1a</address> | @address='00:1a'@",
        "cpu | <type>Nehalem</type> | @id='Nehalem'@",
        "payload | <type>cdrom</type> | @type='cdrom'@",
        "console | <enabled>true</enabled> | @enabled='true'@",
        "vcpu_pin | <cpu_set>1</cpu_set><vcpu>0</vcpu> | @cpu_set='1' vcpu='0'@",
        "core | <index>1</index><socket>0</socket> | @index='1' socket='0'@",
        "property | <name>a</name><value>b</value> | @name='a' value='b'@",
        "memory_over_commit | <percent>150</percent> | @percent='150'@",
        "operating_system | <boot><devices><device>hd</device><device>network</device></devices>"
            + "</boot><type>other</type> | @type='other'@<boot dev='hd'/><boot dev='network'/>",
        "vm | <time_zone><name>Etc/GMT</name></time_zone> |"
            + " <time_zone><name>Etc/GMT</name></time_zone><timezone>Etc/GMT</timezone>",
        "disk | <provisioned_size>7</provisioned_size> |"
            + " <provisioned_size>7</provisioned_size><size>7</size><type>data</type>",
        "nic | <plugged>true</plugged> | <plugged>true</plugged><active>true</active>",
        "job | <status>started</status> | <status><state>STARTED</state></status>",
        "tag | <parent id='1'/> | <parent><tag id='1'/></parent>",
        "statistic | <kind>gauge</kind><type>integer</type><unit>bytes</unit><values><value>"
            + "<datum>1</datum></value></values> | <type>GAUGE</type><values type='INTEGER'>"
            + "<value><datum>1</datum></value></values><unit>BYTES</unit>",
        "permission | <vm_pool id='1'/> | <vmpool id='1'/>",
        "host | <se_linux><mode>enforcing</mode></se_linux><type>rhev_h</type> |"
            + " <selinux><mode>enforcing</mode></selinux><type>rhev-h</type>",
        "host_nic | <network_labels><network_label id='a'/></network_labels> |"
            + " <labels><label id='a'/></labels>",
        "volume_group | <logical_units><logical_unit id='a'/><logical_unit id='b'/>"
            + "</logical_units> | <logical_unit id='a'/><logical_unit id='b'/>",
        "cluster | <required_rng_sources><required_rng_source>random</required_rng_source>"
            + "</required_rng_sources> |"
            + " <required_rng_sources><source>random</source></required_rng_sources>",
        "vm_placement_policy | <hosts><host id='1'/></hosts> |"
            + " <hosts><host id='1'/></hosts><host id='1'/>",
        "action | <iscsi_targets><iscsi_target>a</iscsi_target></iscsi_targets> |"
            + " <iscsi_target>a</iscsi_target>",
      })
  void aRuleWorksBothWays(String type, String four, String three) throws IOException {
    Struct struct = read(ApiVersion.V4, type, four);
    String written = inside(ApiVersion.V3, struct);
    assertThat(written).isEqualTo(three);
    assertThat(inside(ApiVersion.V4, read(ApiVersion.V3, type, three)))
        .isEqualTo(inside(ApiVersion.V4, struct));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonCodec.write(ApiVersion.V3, struct, Decorator.NONE, json);
    Struct fromJson =
        JsonCodec.read(
            ApiVersion.V3,
            struct.type(),
            new ByteArrayInputStream(json.toByteArray()),
            new Extras());
    assertThat(fromJson).as(json.toString(UTF_8)).isEqualTo(struct);
  }

  /** What is written in an element of its own and skipped when it comes back. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vm | <status>paused</status><status_detail>eio</status_detail> |"
            + " <status><state>paused</state><detail>eio</detail></status>",
        "data_center | <status>up</status> | <status><state>up</state></status>",
        "storage_domain | <external_status>ok</external_status><status>active</status> |"
            + " <external_status><state>ok</state></external_status>"
            + "<status><state>active</state></status>",
        "action | <status>complete</status> | <status><state>complete</state></status>",
        "host | <spm><priority>5</priority><status>spm</status></spm> | <spm><priority>5</priority>"
            + "<status><state>spm</state></status></spm><storage_manager priority='5'>true"
            + "</storage_manager>",
        "scheduling_policy | <name>a</name><properties><property><name>HighUtilization</name>"
            + "<value>80</value></property></properties> | <name>a</name><policy>a</policy>"
            + "<properties><property name='HighUtilization' value='80'/></properties>"
            + "<thresholds high='80'/>",
      })
  void aStateIsWritten(String type, String four, String three) throws IOException {
    assertThat(inside(ApiVersion.V3, read(ApiVersion.V4, type, four))).isEqualTo(three);
    assertThat(read(ApiVersion.V3, type, three).get("status")).isNull();
  }

  /** A rule about a member that does not exist would say something in vain. */
  @ParameterizedTest
  @CsvSource({"version-3.rules"})
  void noRuleIsSaidInVain(String resource) {
    WireRules.read(resource)
        .all()
        .forEach(
            (name, edits) -> {
              var type = Schema.current().struct(name);
              for (WireEdit edit : edits) {
                String anchor = edit.anchor();
                boolean inherited =
                    Schema.current().structs().stream()
                        .filter(other -> other.isA(type))
                        .anyMatch(other -> anchor == null || other.find(anchor) != null);
                boolean plain = edit.form() != WireEdit.Form.EXTRA;
                assertThat(!plain || inherited).as(name + ": " + edit).isTrue();
              }
            });
  }

  private static Struct read(ApiVersion version, String type, String inside) throws IOException {
    var struct = Schema.current().struct(type);
    String tag = WireTable.of(version).of(struct).name.text;
    String text = inside.replace('\'', '"');
    String document =
        text.startsWith("@")
            ? "<" + tag + " " + text.substring(1).replaceFirst("@", ">") + "</" + tag + ">"
            : "<" + tag + ">" + text + "</" + tag + ">";
    return XmlCodec.read(
        version, struct, new ByteArrayInputStream(document.getBytes(UTF_8)), new Extras());
  }

  private static String inside(ApiVersion version, Struct struct) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.write(version, struct, Decorator.NONE, bytes);
    String text = bytes.toString(UTF_8).replaceAll("\n *", "").replace('"', '\'');
    text = text.substring(text.indexOf("?>") + 2);
    String tag = WireTable.of(version).of(struct).name.text;
    String rest = text.substring(tag.length() + 1).replaceFirst("</" + tag + ">$", "");
    if (rest.startsWith(" ")) {
      rest = rest.replaceFirst("/?>", "@");
      return rest.replaceFirst("^ ", "@");
    }
    return rest.replaceFirst("^/?>", "");
  }
}
