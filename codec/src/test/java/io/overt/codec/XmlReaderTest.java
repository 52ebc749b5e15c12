package io.overt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Role;
import io.overt.model.types.Vm;
import io.overt.model.types.VmType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  @Test
  void acceptsAnyOrderAnyCaseOfEnumsAndBothSpellingsOfBooleans() throws IOException {
    Struct vm =
        read(
            Vm.TYPE,
            """
            <vm>
              <!-- a comment -->
              <type>SERVER</type><stateless>1</stateless><delete_protected>false</delete_protected>
              <name>a<![CDATA[ & ]]>b</name>
              <memory> 1024 </memory>
              <creation_time>2023-11-14T23:13:20.123456+01:00</creation_time>
            </vm>
            """);
    assertThat(vm)
        .isEqualTo(
            new Vm()
                .name("a & b")
                .type_(VmType.SERVER)
                .stateless(true)
                .deleteProtected(false)
                .memory(1024L)
                .creationTime(Instant.parse("2023-11-14T22:13:20.123456Z")));
  }

  @Test
  void acceptsIdsAndAddressesAsAttributesAndIgnoresLinksAndActions() throws IOException {
    Vm vm =
        (Vm)
            read(
                Vm.TYPE,
                """
                <vm id="5" href="/api/vms/5">
                  <actions><link href="/api/vms/5/start" rel="start"/></actions>
                  <creation_status>pending</creation_status>
                  <link href="/api/vms/5/nics" rel="nics"/>
                  <cluster href="/api/clusters/7" rel="x"/>
                </vm>
                """);
    assertThat(vm).isEqualTo(new Vm().id("5").cluster(new Cluster()));
    assertThat(vm.href()).isEqualTo("/api/vms/5");
    assertThat(vm.cluster()).isNotNull();
    assertThat(vm.cluster().href()).isEqualTo("/api/clusters/7");
  }

  @Test
  void acceptsRelatedObjectsInline() throws IOException {
    Vm vm =
        (Vm)
            read(
                Vm.TYPE,
                """
                <vm>
                  <disk_attachments>
                    <disk_attachment><disk id="d1"/><bootable>true</bootable></disk_attachment>
                  </disk_attachments>
                  <nics/>
                </vm>
                """);
    assertThat(vm.diskAttachments())
        .containsExactly(new DiskAttachment().bootable(true).disk(new Disk().id("d1")));
    assertThat(vm.nics()).isEmpty();
    Role role =
        (Role)
            read(Role.TYPE, "<role><permits><permit id=\"1\"/><permit id=\"2\"/></permits></role>");
    assertThat(role.permits()).extracting(Struct::id).containsExactly("1", "2");
  }

  @Test
  void absentAndEmptyAreDifferent() throws IOException {
    assertThat(read(Vm.TYPE, "<vm><description/></vm>")).isEqualTo(new Vm().description(""));
    assertThat(read(Action.TYPE, "<action/>")).isEqualTo(new Action());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<cluster/>|The root element is 'cluster', expected 'vm'.",
        "<vm><nosuchfield>1</nosuchfield></vm>|Unknown element 'nosuchfield' in vm.",
        "<vm><os><boot><device>hd</device></boot></os></vm>|Unknown element 'device' in vm.os.boot.",
        "<vm><id>1</id></vm>|The id of vm is an attribute, not an element.",
        "<vm colour='red'/>|Unknown attribute 'colour' in vm.",
        "<vm><cpu id='1'/></vm>|Unknown attribute 'id' in vm.cpu.",
        "<vm xmlns='urn:x'/>|The root element is '{urn:x}vm', expected 'vm'.",
        "<vm><memory>lots</memory></vm>|The value 'lots' of vm.memory is not an integer.",
        "<vm><memory>1.0</memory></vm>|The value '1.0' of vm.memory is not an integer.",
        "<vm><creation_time/></vm>|The value '' of vm.creation_time is not a date like 2023-11-14T22:13:20.123Z.",
        "<vm><creation_time>soon</creation_time></vm>|The value 'soon' of vm.creation_time is not a date like 2023-11-14T22:13:20.123Z.",
        "<vm>text</vm>|The value 'text' of vm is not a vm.",
        "<vm><name><b/></name></vm>|Unknown element 'b' in vm.name.",
        "<vm><nics><disk/></nics></vm>|Unknown element 'disk' in vm.nics, expected 'nic'.",
        "<vm><nics>x</nics></vm>|The value 'x' of vm.nics is not a list of nic.",
        "<vm><name>|The body is not well-formed XML at line 1, column 11.",
        "<vm/><vm/>|The body is not well-formed XML at line 1, column 7.",
      })
  void namesWhatIsWrong(String body, String detail) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> read(Vm.TYPE, body))
        .satisfies(
            fault -> {
              assertThat(fault.detail()).isEqualTo(detail);
              assertThat(fault.reason()).isEqualTo("Request syntactically incorrect.");
              assertThat(fault.category()).isEqualTo(ApiFault.Category.BAD_PARAMETER);
              assertThat(BodyFault.isSyntax(fault)).isTrue();
            });
  }

  @Test
  void anUnknownConstantIsAnInvalidValueAndTheValidOnesAreListed() {
    assertInvalidValue(
        "<vm><type>foo</type></vm>",
        "The string 'foo' isn't a valid value for the 'VmType' enumerated type. Valid values are:"
            + " 'desktop', 'server', 'high_performance'.");
  }

  @Test
  void aNumberMayStandBetweenBlanksAndWithoutDigitsItIsAbsent() throws IOException {
    assertThat(read(Vm.TYPE, "<vm><memory> 1024 </memory></vm>")).isEqualTo(new Vm().memory(1024L));
    assertThat(read(Vm.TYPE, "<vm><memory/><cpu_shares> </cpu_shares></vm>")).isEqualTo(new Vm());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<vm><stateless> true </stateless></vm>",
        "<vm><stateless/></vm>",
        "<vm><type> server </type></vm>",
        "<vm><type/></vm>",
        "<vm><os><boot><devices><device> hd</device></devices></boot></os></vm>",
      })
  void blanksMakeABooleanOrAConstantInvalid(String body) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> read(Vm.TYPE, body))
        .satisfies(fault -> assertThat(fault.reason()).isEqualTo("Invalid value"));
  }

  @Test
  void aBadBooleanIsAnInvalidValue() {
    assertInvalidValue(
        "<vm><stateless>yes</stateless></vm>",
        "The string 'yes' isn't a valid value for the boolean vm.stateless. Valid values are:"
            + " 'true', 'false', '1', '0'.");
  }

  @Test
  void aNumberOutOfRangeIsAnInvalidValue() {
    assertInvalidValue(
        "<vm><memory>9223372036854775808</memory></vm>",
        "The value '9223372036854775808' of vm.memory is out of range. Valid values are between"
            + " -9223372036854775808 and 9223372036854775807.");
  }

  private static void assertInvalidValue(String body, String detail) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> read(Vm.TYPE, body))
        .satisfies(
            fault -> {
              assertThat(fault.reason()).isEqualTo("Invalid value");
              assertThat(fault.detail()).isEqualTo(detail);
              assertThat(BodyFault.isSyntax(fault)).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE vm><vm/>",
        "<!DOCTYPE vm SYSTEM 'file:///etc/passwd'><vm/>",
        "<!DOCTYPE vm [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><vm><name>&x;</name></vm>",
        "<!DOCTYPE vm [<!ENTITY a 'aa'><!ENTITY b '&a;&a;&a;'>]><vm><name>&b;</name></vm>",
        "<!DOCTYPE vm [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]><vm/>",
        "<vm><name>&x;</name></vm>",
        "<vm id='&x;'/>",
      })
  void documentTypesAndEntitiesAreRefused(String body) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> read(Vm.TYPE, body))
        .satisfies(
            fault -> {
              assertThat(fault.reason()).isEqualTo(BodyFault.SYNTAX);
              assertThat(fault.detail()).doesNotContain("root:");
            });
  }

  @Test
  void nestingIsBounded() {
    String deep = "<snapshot>" + "<vm><snapshots><snapshot>".repeat(30);
    String ignored = "<vm><actions>" + "<a>".repeat(100_000) + "</a>".repeat(100_000);
    assertThatThrownBy(() -> read(io.overt.model.types.Snapshot.TYPE, deep))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("nests deeper than 64");
    assertThatThrownBy(() -> read(Vm.TYPE, ignored + "</actions></vm>"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("nests deeper than 64");
  }

  @Test
  void longTextsAreReadWholeAndBoundedInLength() throws IOException {
    String text = "0123456789é&amp;".repeat(200_000);
    Vm vm = (Vm) read(Vm.TYPE, "<vm><description>" + text + "</description></vm>");
    assertThat(vm.description()).isEqualTo(text.replace("&amp;", "&"));
    assertThatThrownBy(
            () -> read(Vm.TYPE, "<vm><name>" + "x".repeat(Limits.TEXT + 1) + "</name></vm>"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("vm.name has more than 4194304 characters");
  }

  @Test
  void decimalsThatWouldFillTheMemoryAreRefused() {
    assertThatThrownBy(
            () ->
                read(io.overt.model.types.Value.TYPE, "<value><datum>1E+999999999</datum></value>"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("is not a decimal number");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    InputStream stream =
        new ByteArrayInputStream(
            "<vm><name>\u00e9</name></vm>".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> XmlCodec.read(Vm.TYPE, stream))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("not well-formed XML");
  }

  @Test
  void aBrokenConnectionIsNotTheClientsSyntax() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatThrownBy(() -> XmlCodec.read(Vm.TYPE, broken))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  private static Struct read(StructType type, String body) throws IOException {
    return XmlCodec.read(type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
