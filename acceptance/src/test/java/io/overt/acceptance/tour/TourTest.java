package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Every operation that counts as implemented is performed with success, through the HTTP door: the
 * stops write, the walk reads, and at the end the engine's own metrics say what was performed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class TourTest {
  /** What a user of one machine reads: where it is, and what is the same for all. */
  private static final Set<String> OPEN =
      Set.of(
          "assigned_cpu_profile.get",
          "cluster.get",
          "cluster_level.get",
          "cluster_network.get",
          "cpu_profile.get",
          "data_center.get",
          "disk_profile.get",
          "domain.get",
          "domain_group.get",
          "domain_user.get",
          "group.get",
          "icon.get",
          "operating_system.get",
          "permit.get",
          "role.get");

  private Tour tour;
  private Set<String> implemented;
  private List<Places.Place> places = List.of();

  @BeforeAll
  void begin() {
    tour = Tour.begin();
    implemented = Performed.implemented();
  }

  @AfterAll
  void end() {
    tour.close();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> whatIsWrittenIsReadAndWhatIsRemovedIsGone() {
    List<Stop> stops = new ArrayList<>();
    stops.addAll(new SystemStops(tour).stops());
    stops.addAll(new AccessStops(tour).stops());
    stops.addAll(new InfrastructureStops(tour).stops());
    stops.addAll(new PolicyStops(tour).stops());
    stops.addAll(new HostStops(tour).stops());
    stops.addAll(new StorageStops(tour).stops());
    stops.addAll(new SnapshotStops(tour).stops());
    stops.addAll(new MachineStops(tour).stops());
    stops.addAll(new MouldStops(tour).stops());
    return stops.stream().map(stop -> DynamicTest.dynamicTest(stop.name(), stop.visit()::run));
  }

  @Test
  @Order(2)
  void everyLinkLeadsToWhatItPromises() {
    Walk walk = new Walk(tour.client(), implemented).from(tour.highlights());
    places = new Places(walk.places()).of(implemented);
    assertThat(walk.problems()).isEmpty();
  }

  @Test
  @Order(3)
  void everyOperationRefusesWhatItCannotUse() {
    Refusals refusals = new Refusals(tour.client()).of(places);
    assertThat(refusals.problems()).isEmpty();
    assertThat(refusals.content()).as("operations that add something from nothing").isEmpty();
  }

  @Test
  @Order(4)
  void userOfOneMachineCannotChangeWhatIsNotTheirs() {
    tour.outsider();
    Outsider outsider = new Outsider(tour.clientOf("outsider")).tries(places);
    assertThat(outsider.problems()).isEmpty();
    assertThat(outsider.names("/vms")).containsExactly("theirs");
    for (String hidden : List.of("/hosts", "/disks", "/vmpools", "/datacenters/%s/quotas")) {
      assertThat(outsider.names(hidden.formatted(tour.center().id()))).as(hidden).isEmpty();
    }
    assertThat(outsider.readable()).isEqualTo(OPEN);
  }

  @Test
  @Order(5)
  void everyImplementedOperationHasSucceeded() {
    Set<String> performed = Performed.by(tour.client());
    Set<String> missing = new TreeSet<>(implemented);
    missing.removeAll(performed);
    assertThat(missing).as("implemented, and never performed here with success").isEmpty();
    Set<String> uncounted = new TreeSet<>(performed);
    uncounted.removeAll(implemented);
    assertThat(uncounted).as("performed, and not counted as implemented").isEmpty();
  }

  @Test
  @Order(6)
  void everyEventSaysWhatHappenedInASentence() {
    Set<String> unclear = new TreeSet<>();
    for (JsonNode event :
        Client.parse(tour.client().get("/events?max=100000").text()).get("event")) {
      String text = event.get("description").asText();
      if (text.contains("<UNKNOWN>") || !text.contains(" ")) {
        unclear.add(event.get("code").asText() + ": " + text);
      }
    }
    assertThat(unclear).isEmpty();
  }
}
