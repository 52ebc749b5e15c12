package io.overt.inventory.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.SnapshotFixture;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Tag;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VmType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an oVirt engine 4.5.8 answered to these texts over three VMs like the ones here. */
class EngineAnswersTest {
  private record Case(String query, boolean caseSensitive, String answer) {}

  private static final String ANSWERS =
      """
      name=flA1 -> flA1
      name=fl* -> flA1 flA2 flB1
      name=*A1 and cluster=flcl -> flA1
      cluster=flcl and name!=flA1 -> flA2 flB1
      name=flA1 or name=flB1 -> flA1 flB1
      cluster=flcl sortby name -> flA1 flA2 flB1
      cluster=flcl sortby name desc -> flB1 flA2 flA1
      cluster=flcl sortby name asc page 1 -> flA1 flA2 flB1
      cluster=flcl sortby memory desc -> flA2 flA1 flB1
      description="alpha one" -> flA1
      description=alpha* -> flA1 flA2
      description="alpha*" -> flA1 flA2
      name = flA1 -> flA1
      NAME=flA1 -> flA1
      name=FLA1 -> flA1
      Vms: name=flA1 ->
      vms:name=flA1 ->
      cluster=flcl and (name=flA1 or name=flB1) ->
      name=flA1 and name=flB1 ->
      name=flA1 or name=flB1 and description=beta -> flA1 flB1
      status=down and cluster=flcl -> flA1 flA2 flB1
      status=Down and cluster=flcl -> flA1 flA2 flB1
      status!=down and cluster=flcl ->
      status=nonsense and cluster=flcl ->
      type=desktop and cluster=flcl -> flB1
      type=server and cluster=flcl -> flA1 flA2
      os=rhel_8x64 and cluster=flcl -> flA2
      mem_gb_tot=2 ->
      cluster=flcl and memory>1500 -> flA2
      datacenter=Default and name=flB1 -> flB1
      Clusters.name=flcl ->
      Vms.name=flA1 ->
      Templates.name=Blank and name=fl* -> flA1 flA2 flB1
      Hosts.name=nosuch ->
      flA1 -> flA1
      alpha -> flA1 flA2
      flA -> flA1 flA2
      name=fl?1 ->
      name=fl% ->
      name=fl_1 ->
      name= ->
      name ->
      = ->
      name==flA1 ->
      nosuch=1 ->
      name=flA1 and ->
      name=flA1 sortby nosuch ->
      name=flA1 sortby ->
      name='flA1' ->
      name="flA1 ->
      (name=flA1 ->
      name=flA1 page 2 ->
      name=flA1 page 0 -> 400
      name=flA1 page x ->
      id=flA1 -> flA1
      name=flA1; drop table x ->
      name=flé ->
      uptime>1 and cluster=flcl ->
      cluster=flcl and tag=root ->
      Hosts: name=flA1 ->
      quota=nosuch ->
      fqdn=x and cluster=flcl ->
      has_illegal_images=false and cluster=flcl ->
      [case] name=FLA1 ->
      [case] name=flA1 -> flA1
      name=FLA1 -> flA1
      name=flA1 -> flA1
      name=flA1 or name=flB1 -> flA1 flB1
      """;

  private static final Snapshot SNAPSHOT =
      new SnapshotFixture()
          .add(Kinds.DATA_CENTER, new DataCenter().id("dc").name("Default"))
          .add(
              Kinds.CLUSTER,
              new Cluster().id("cl").name("flcl").dataCenter(new DataCenter().id("dc")))
          .add(Kinds.TEMPLATE, new Template().id("blank").name("Blank"))
          .add(Kinds.TAG, new Tag().id("root").name("root"))
          .add(Kinds.VM, vm("flA1", "alpha one").memory(1L << 30).type_(VmType.SERVER))
          .add(
              Kinds.VM,
              vm("flA2", "alpha two")
                  .memory(2L << 30)
                  .type_(VmType.SERVER)
                  .os(new OperatingSystem().type_("rhel_8x64")))
          .add(Kinds.VM, vm("flB1", "beta").memory(1L << 30).type_(VmType.DESKTOP))
          .build();

  private static Vm vm(String name, String description) {
    return new Vm()
        .id(name.toLowerCase(Locale.ROOT))
        .name(name)
        .description(description)
        .status(VmStatus.DOWN)
        .cluster(new Cluster().id("cl"))
        .template(new Template().id("blank"));
  }

  static List<Case> answers() {
    return ANSWERS.lines().map(EngineAnswersTest::parse).toList();
  }

  private static Case parse(String line) {
    int arrow = line.indexOf(" ->");
    String query = line.substring(0, arrow);
    boolean caseSensitive = query.startsWith("[case] ");
    return new Case(
        caseSensitive ? query.substring(7) : query,
        caseSensitive,
        line.substring(arrow + 3).strip());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsTheEngineDoes(Case recorded) {
    assertThat(answer(recorded)).isEqualTo(recorded.answer());
  }

  private static String answer(Case recorded) {
    SearchEngine engine = new SearchEngine(RuntimeValues.NONE, Clock.systemUTC(), Locale.US);
    SearchOptions options = SearchOptions.NONE.withCaseSensitive(recorded.caseSensitive());
    try {
      return engine
          .search(SNAPSHOT, Kinds.VM, SearchQuery.parse(recorded.query()), options)
          .stream()
          .map(Entity::value)
          .map(Vm::name)
          .collect(Collectors.joining(" "));
    } catch (InvalidSearch e) {
      return e.refused() ? "400" : "";
    }
  }
}
