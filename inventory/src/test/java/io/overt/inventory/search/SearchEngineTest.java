package io.overt.inventory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.SnapshotFixture;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEngineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch=1",
        "status=nonsense",
        "status>up",
        "name>a",
        "memory=much",
        "creationdate>someday",
        "uptime>soon",
        "next_run_config_exists=maybe",
        "name=web1 sortby nosuch",
        "Clusters.name=Alpha",
        "Vms.name=web1",
        "host.nosuch=1",
        "Vms:name=web1",
        "(name=web1 or name=web2)",
        "web front",
        "host=a host=b",
        "host>a",
        "name web1=1",
      })
  void whatFitsNoFieldIsInvalidButNotRefused(String text) {
    InvalidSearch invalid =
        catchThrowableOfType(InvalidSearch.class, () -> World.find(Kinds.VM, text));
    assertThat(invalid).isNotNull();
    assertThat(invalid.refused()).isFalse();
  }

  @Test
  void anObjectWithoutTextsRefusesUnknownFields() {
    for (String text : List.of("description=x", "adding")) {
      InvalidSearch invalid =
          catchThrowableOfType(InvalidSearch.class, () -> World.find(Kinds.JOB, text));
      assertThat(invalid.refused()).isTrue();
    }
  }

  @Test
  void anUnsearchableKindIsAnErrorOfTheCaller() {
    assertThatThrownBy(() -> World.find(Kinds.MAC_POOL, "name=a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mac_pool");
  }

  @Test
  void caseCountsOnlyWhenAsked() {
    SearchOptions sensitive = SearchOptions.NONE.withCaseSensitive(true);
    assertThat(World.find(Kinds.VM, "name=WEB1")).containsExactly("web1");
    assertThat(World.find(Kinds.VM, "name=WEB1", sensitive)).isEmpty();
    assertThat(World.find(Kinds.VM, "name=Web1", sensitive)).containsExactly("web1");
    assertThat(World.find(Kinds.VM, "name=web*", sensitive)).containsExactly("web2");
    assertThat(World.find(Kinds.VM, "Front", sensitive)).isEmpty();
    assertThat(World.find(Kinds.VM, "status=UP", sensitive)).containsExactly("web1");
  }

  @ParameterizedTest
  @CsvSource({
    "sortby memory, bare web2 web1 db1",
    "sortby memory desc, db1 web1 web2 bare",
    "sortby cluster, bare web1 web2 db1",
    "sortby cluster desc, db1 web1 web2 bare",
    "sortby name, bare db1 web1 web2",
    "sortby name desc, web2 web1 db1 bare",
  })
  void sortsAbsentFirstAndKeepsTheDefaultOrderAmongEquals(String text, String found) {
    // The default order compares names exactly: "Web1" stands before "bare" there.
    assertThat(String.join(" ", World.find(Kinds.VM, text))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "sortby name page 1, 3, bare db1 web1",
        "sortby name page 2, 3, web2",
        "sortby name page 3, 3, ''",
        "sortby name page, 2, bare db1",
        "sortby name page 1, -, bare db1 web1 web2",
        "sortby name page 2, -, ''",
        "sortby name, 2, bare db1",
        "sortby name, 0, ''",
        "sortby name page 2, 0, ''",
        "sortby name page 2147483647, 9223372036854775807, ''",
      })
  void pagesAreCutFromTheOrderedResult(String text, @Nullable Long max, String found) {
    List<String> ids = World.find(Kinds.VM, text, SearchOptions.NONE.withMax(max));
    assertThat(String.join(" ", ids)).isEqualTo(found);
  }

  @Test
  void aNegativeMaximumIsRefused() {
    InvalidSearch invalid =
        catchThrowableOfType(
            InvalidSearch.class, () -> World.find(Kinds.VM, "", SearchOptions.NONE.withMax(-1L)));
    assertThat(invalid.refused()).isTrue();
  }

  @Test
  void whatTheUserMayNotSeeTakesNoPlaceOnAPage() {
    SearchOptions options =
        SearchOptions.NONE.withMax(2L).withVisible(entity -> !entity.id().equals("db1"));
    assertThat(World.find(Kinds.VM, "sortby name", options)).containsExactly("bare", "web1");
  }

  @Test
  void eventsContinueFromANumber() {
    assertThat(World.find(Kinds.EVENT, "", SearchOptions.NONE.withFrom(9L))).containsExactly("10");
  }

  @Test
  void anIdAndANameAreFoundWithoutLookingAtOtherObjects() {
    assertThat(World.find(Kinds.VM, "id=web1 and status=down")).isEmpty();
    assertThat(World.find(Kinds.VM, "name=web1 or name=db1")).containsExactly("web1", "db1");
  }

  @Test
  void theIndexOfNamesFollowsTheSnapshot() {
    Snapshot before = World.SNAPSHOT;
    SearchEngine engine = new SearchEngine(RuntimeValues.NONE, Clock.systemUTC(), Locale.US);
    SearchQuery query = SearchQuery.parse("name=Shop*");
    for (int round = 0; round < 3; round++) {
      assertThat(engine.search(before, Kinds.VM, query, SearchOptions.NONE)).isEmpty();
    }
    Entity<Vm> web1 = before.find(Kinds.VM, "web1").orElseThrow();
    Snapshot after =
        SnapshotFixture.replaced(before, web1, web1.value().copy().name("SHOP1").freeze());
    for (int round = 0; round < 3; round++) {
      assertThat(engine.search(after, Kinds.VM, query, SearchOptions.NONE)).hasSize(1);
      assertThat(engine.search(before, Kinds.VM, query, SearchOptions.NONE)).isEmpty();
    }
  }

  @Test
  void aPrefixIsFoundAmongTenThousandInNoTime() {
    SnapshotFixture fixture = new SnapshotFixture();
    for (int index = 0; index < 10_000; index++) {
      String name = String.format(Locale.ROOT, "vm%05d", index);
      fixture.add(Kinds.VM, new Vm().id("id" + index).name(name));
    }
    Snapshot snapshot = fixture.build();
    SearchEngine engine = new SearchEngine(RuntimeValues.NONE, Clock.systemUTC(), Locale.US);
    SearchQuery query = SearchQuery.parse("name=VM0123*");
    for (int round = 0; round < 2_000; round++) {
      assertThat(engine.search(snapshot, Kinds.VM, query, SearchOptions.NONE)).hasSize(10);
    }
    long start = System.nanoTime();
    for (int round = 0; round < 1_000; round++) {
      engine.search(snapshot, Kinds.VM, query, SearchOptions.NONE);
    }
    // A thousand searches in the time that each may take, with room for a loaded machine.
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
  }

  @Test
  void directoriesAreSearchedByFieldsOfTheirOwn() {
    User alice = new User().id("u1").name("Alice").lastName("Smith").principal("asmith");
    User bob = new User().id("u2").name("Bob").userName("bob@internal");
    List<User> users = List.of(alice, bob);
    assertThat(users(users, "allnames=smi*")).containsExactly(alice);
    assertThat(users(users, "username=bob*")).containsExactly(bob);
    assertThat(users(users, "bob")).containsExactly(bob);
    assertThat(users(users, "")).hasSize(2);
    assertThat(DirectorySearch.users(users, SearchQuery.ALL, 1L)).containsExactly(alice);
    assertThatThrownBy(() -> users(users, "name=a<b")).isInstanceOf(InvalidSearch.class);
    assertThatThrownBy(() -> users(users, "tag=b")).isInstanceOf(InvalidSearch.class);
    Group staff = new Group().id("g1").name("staff");
    assertThat(DirectorySearch.groups(List.of(staff), SearchQuery.parse("groupname=st*"), null))
        .containsExactly(staff);
  }

  private static List<User> users(List<User> users, String text) {
    return DirectorySearch.users(users, SearchQuery.parse(text), null);
  }
}
