package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The root, bookmarks, tags, events, jobs. */
final class SystemStops {
  private final Tour tour;
  private final Client client;

  SystemStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("root", this::root),
        new Stop("bookmarks", this::bookmarks),
        new Stop("tags", this::tags),
        new Stop("events", this::events),
        new Stop("jobs and steps", this::jobs),
        new Stop("options and catalogues", this::catalogues));
  }

  private void root() {
    assertThat(client.get("").expect(200).body().at("/product_info/name").asText())
        .isEqualTo("Overt");
    client.post("/reloadconfigurations", "{}").expect(200);
  }

  private void bookmarks() {
    Thing bookmark = client.create("/bookmarks", "{name: 'mine', value: 'Vms: name=a*'}");
    bookmark.update("{value: 'Vms: name=b*'}");
    client.post("/bookmarks", "{name: 'mine', value: 'Vms:'}").refused(409);
    bookmark.remove();
    client.create("/bookmarks", "{name: 'stays', value: 'Hosts:'}");
  }

  private void tags() {
    Thing parent = client.create("/tags", "{name: 'berlin', description: 'where'}");
    Thing child =
        client.create("/tags", "{name: 'rack7', parent: %s}".formatted(parent.reference()));
    child.update("{description: 'the cold one'}");
    Thing host = tour.host(0);
    Thing machine = tour.machine("tagged");
    Thing template = client.named("/templates", "Blank");
    for (Thing tagged : List.of(host, machine, template)) {
      Thing assigned = tagged.create("tags", child.reference());
      tagged.create("tags", "{name: 'berlin'}");
      assigned.remove();
      assertThat(tagged.count("tags")).isEqualTo(1);
    }
    assertThat(client.get("/vms?search=tag%3Dberlin").entries())
        .extracting(each -> each.path("name").asText())
        .containsExactly("tagged");
    child.remove();
  }

  private void events() {
    Thing event =
        client.create(
            "/events",
            "{description: 'something fell', severity: 'warning', origin: 'tour', custom_id: 1}");
    client.delete(event.path()).expect(200);
    assertThat(client.get("/events?search=origin%3Dtour").expect(200).entries()).isEmpty();
    event.read();
    client.post("/events/undelete", "{}").expect(200);
    assertThat(client.get("/events?search=origin%3Dtour").expect(200).entries()).hasSize(1);
  }

  private void jobs() {
    Thing job = client.create("/jobs", "{description: 'elsewhere', auto_cleared: true}");
    assertThat(job.field("status")).isEqualTo("started");
    Thing step = job.create("steps", "{description: 'first', type: 'executing'}");
    assertThat(step.field("status")).isEqualTo("started");
    step.act("end", "{succeeded: true}");
    assertThat(step.field("status")).isEqualTo("finished");
    job.act("end", "{succeeded: false}");
    assertThat(job.field("status")).isEqualTo("failed");
    job.act("clear");
    Thing kept = client.create("/jobs", "{description: 'kept'}");
    tour.highlight(kept.create("steps", "{description: 'going on', type: 'validating'}"));
  }

  private void catalogues() {
    client.thing("/options/DefaultGeneralTimeZone").reads("{name: 'DefaultGeneralTimeZone'}");
    client.get("/options/NoSuchOption").expect(404);
    assertThat(client.get("/clusterlevels/4.8/clusterfeatures").expect(200).entries()).isEmpty();
    assertThat(client.named("/operatingsystems", "rhel_9x64").field("architecture"))
        .isEqualTo("x86_64");
  }
}
