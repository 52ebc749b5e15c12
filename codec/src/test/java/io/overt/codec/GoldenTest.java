package io.overt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.*;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole documents, byte by byte, in both dialects. */
class GoldenTest {
  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  record Sample(String name, Struct struct) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample("vm", vm()),
        new Sample("vm-followed", followedVm()),
        new Sample("cluster", cluster()),
        new Sample("data-center", dataCenter()),
        new Sample("event", event()),
        new Sample("job", job()),
        new Sample("statistic", statistic()),
        new Sample("action-complete", completeAction()),
        new Sample("action-failed", failedAction()),
        new Sample("fault", fault()),
        new Sample("api", api()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void xmlIsWrittenAsRecorded(Sample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.write(sample.struct(), decorator(), bytes);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(golden(sample.name() + ".xml"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void jsonIsWrittenAsRecorded(Sample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonCodec.write(sample.struct(), decorator(), bytes);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(golden(sample.name() + ".json"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aWholeDocumentSentBackIsAccepted(Sample sample) throws IOException {
    StructType type = sample.struct().type();
    Struct fromXml = XmlCodec.read(type, stream(golden(sample.name() + ".xml")));
    Struct fromJson = JsonCodec.read(type, stream(golden(sample.name() + ".json")));
    assertThat(fromXml).isEqualTo(fromJson);
    assertThat(fromXml.id()).isEqualTo(sample.struct().id());
    assertThat(fromXml.href()).isEqualTo(fromJson.href());
  }

  @Test
  void collectionsAreNamedByTheirTypeAndCountedOnRequest() throws IOException {
    List<Tag> tags = List.of(new Tag().id("1").name("one"), new Tag().id("2").name("two"));
    assertThat(xml(Tag.TYPE, tags, new CollectionSize(2L, 7L)))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <tags>
                <size>2</size>
                <total>7</total>
                <tag href="/ovirt-engine/api/tags/1" id="1">
                    <name>one</name>
                </tag>
                <tag href="/ovirt-engine/api/tags/2" id="2">
                    <name>two</name>
                </tag>
            </tags>
            """);
    assertThat(json(Tag.TYPE, tags, new CollectionSize(2L, null)))
        .isEqualTo(
            """
            {
              "size" : "2",
              "tag" : [ {
                "name" : "one",
                "href" : "/ovirt-engine/api/tags/1",
                "id" : "1"
              }, {
                "name" : "two",
                "href" : "/ovirt-engine/api/tags/2",
                "id" : "2"
              } ]
            }""");
  }

  @Test
  void emptyCollectionsAreEmptyElementsAndEmptyObjects() throws IOException {
    StructType type = Schema.current().struct("operating_system_info");
    assertThat(xml(type, List.of(), CollectionSize.NONE))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <operation_systems/>
            """);
    assertThat(json(type, List.of(), CollectionSize.NONE)).isEqualTo("{ }");
  }

  @Test
  void theDecoratorIsAskedForActionsOnlyWhereTheyAreWritten() throws IOException {
    SampleDecorator decorator = decorator();
    XmlCodec.write(vm(), decorator, new ByteArrayOutputStream());
    JsonCodec.write(followedVm(), decorator, new ByteArrayOutputStream());
    assertThat(decorator.asked()).containsExactly("vm", "vm", "cluster", "nic");
  }

  @Test
  void anObjectInTheMakingCarriesItsCreationStatus() throws IOException {
    Decorator pending =
        new Decorator() {
          @Override
          public String href(Struct struct) {
            return "/x";
          }

          @Override
          public List<Link> actions(Struct struct) {
            return List.of();
          }

          @Override
          public List<Link> links(Struct struct) {
            return List.of(new Link("/x/y", "y"));
          }

          @Override
          public String creationStatus(Struct struct) {
            return "pending";
          }
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.write(new Tag().id("t").name("n").comment(""), pending, bytes);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <tag href="/x" id="t">
                <name>n</name>
                <comment></comment>
                <creation_status>pending</creation_status>
                <link href="/x/y" rel="y"/>
            </tag>
            """);
  }

  private static String xml(StructType type, List<? extends Struct> entries, CollectionSize size)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.writeCollection(type, entries, size, decorator(), bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String json(StructType type, List<? extends Struct> entries, CollectionSize size)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonCodec.writeCollection(type, entries, size, decorator(), bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static SampleDecorator decorator() {
    return new SampleDecorator(
        Map.of(
            "vm", List.of("migrate", "start"),
            "cluster", List.of("upgrade"),
            "data_center", List.of("setmaster", "cleanfinishedtasks"),
            "job", List.of("clear", "end")),
        Map.of(
            "vm", List.of("nics", "diskattachments"),
            "cluster", List.of("networks"),
            "data_center", List.of("clusters"),
            "job", List.of("steps"),
            "api", List.of("clusters", "clusters/search")));
  }

  private static Instant time(String text) {
    return Instant.parse(text);
  }

  private static Vm vm() {
    Vm vm =
        new Vm()
            .id("7f0c")
            .name("web & \"db\"")
            .description("")
            .cpu(
                new Cpu()
                    .architecture(Architecture.X86_64)
                    .topology(new CpuTopology().cores(2L).sockets(1L).threads(1L)))
            .creationTime(time("2024-02-29T23:59:59.007Z"))
            .customProperties(List.of(new CustomProperty().name("hugepages").value("2048")))
            .deleteProtected(false)
            .display(
                new Display().disconnectAction("LOCK_SCREEN").monitors(1L).type_(DisplayType.VNC))
            .largeIcon(new Icon().id("1c0").data("not shown"))
            .memory(1_073_741_824L)
            .migrationDowntime(-1L)
            .os(
                new OperatingSystem()
                    .boot(new Boot().devices(List.of(BootDevice.HD)))
                    .type_("other"))
            .sso(new Sso().methods(List.of(new Method().id(SsoMethod.GUEST_AGENT))))
            .type_(VmType.SERVER);
    return vm.cluster(new Cluster().id("c1").name("not shown"))
        .quota(new Quota().id("q1").name("not shown"))
        .status(VmStatus.DOWN)
        .template(new Template().id(BLANK));
  }

  private static Vm followedVm() {
    Cluster cluster = cluster();
    cluster.expand();
    Nic nic = new Nic().id("n1").name("nic1").linked(true);
    nic.expand();
    nic.href("/ovirt-engine/api/vms/7f0c/nics/n1");
    return new Vm()
        .id("7f0c")
        .name("web")
        .comment("")
        .cluster(cluster)
        .nics(List.of(nic))
        .tags(List.of())
        .affinityLabels(List.of(new AffinityLabel().id("l1").name("not shown")));
  }

  private static Cluster cluster() {
    return new Cluster()
        .id("c1")
        .name("main")
        .description("")
        .comment("")
        .ballooningEnabled(true)
        .cpu(new Cpu().architecture(Architecture.UNDEFINED).type_(""))
        .customSchedulingPolicyProperties(
            List.of(new Property().name("HighUtilization").value("80")))
        .migration(
            new MigrationOptions()
                .autoConverge(InheritableBoolean.INHERIT)
                .policy(new MigrationPolicy().id("p1").name("not shown")))
        .requiredRngSources(List.of(RngSource.URANDOM))
        .version(new Version().major(4L).minor(8L))
        .dataCenter(new DataCenter().id("dc1"))
        .macPool(new MacPool().id("mp1"));
  }

  private static DataCenter dataCenter() {
    Version version = new Version().major(4L).minor(8L);
    return new DataCenter()
        .id("dc1")
        .name("dc")
        .local(false)
        .quotaMode(QuotaModeType.DISABLED)
        .status(DataCenterStatus.UP)
        .supportedVersions(List.of(version))
        .version(version)
        .macPool(new MacPool().id("mp1"));
  }

  private static Event event() {
    return new Event()
        .id("59")
        .description("User admin logged out.\nBye <now>.")
        .code(31L)
        .customId(-1L)
        .origin("Overt")
        .severity(LogSeverity.NORMAL)
        .time(time("2026-11-22T05:11:51.652Z"))
        .user(new User().id("u1").name("admin@internal-authz").email("not shown"));
  }

  private static Job job() {
    return new Job()
        .id("j1")
        .description("Creating VM web")
        .autoCleared(true)
        .endTime(time("2026-11-22T05:10:13Z"))
        .external(false)
        .startTime(time("2026-11-22T05:10:12.999999Z"))
        .status(JobStatus.FAILED)
        .owner(new User().id("u1").name("not shown"));
  }

  private static Statistic statistic() {
    return new Statistic()
        .id("s1")
        .name("cpu.current.total")
        .description("CPU used")
        .kind(StatisticKind.GAUGE)
        .type_(ValueType.DECIMAL)
        .unit(StatisticUnit.PERCENT)
        .values(
            List.of(
                new Value().datum(new BigDecimal("12.5")),
                new Value().datum(BigDecimal.ZERO),
                new Value().datum(new BigDecimal("1.073741824E+9"))))
        .vm(new Vm().id("7f0c"));
  }

  private static Action completeAction() {
    Vm vm = new Vm().id("7f0c");
    vm.expand();
    return new Action()
        .job(new Job().id("j1").status(JobStatus.FINISHED))
        .status("complete")
        .host(new Host().id("h1"))
        .async(false)
        .vm(vm);
  }

  private static Action failedAction() {
    return new Action()
        .fault(new Fault().reason("Operation Failed").detail("[VM is down.\n- Start it.]"))
        .status("failed");
  }

  private static Fault fault() {
    return new Fault()
        .detail("Vm [cluster.id|name] required for add")
        .reason("Incomplete parameters");
  }

  private static Api api() {
    return new Api()
        .engineBackup(new EngineBackupInfo())
        .productInfo(
            new ProductInfo()
                .instanceId("i1")
                .name("Overt")
                .vendor("overt.io")
                .version(new Version().build(8L).fullVersion("4.5.8-1").major(4L).minor(5L)))
        .specialObjects(
            new SpecialObjects()
                .blankTemplate(new Template().id(BLANK))
                .rootTag(new Tag().id(BLANK)))
        .summary(new ApiSummary().vms(new ApiSummaryItem().active(0L).total(10L)))
        .time(time("2023-11-14T22:13:20.123Z"))
        .authenticatedUser(new User().id("u1"))
        .effectiveUser(new User().id("u1"));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String golden(String name) throws IOException {
    try (InputStream input = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(input).as("golden/" + name).isNotNull();
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
