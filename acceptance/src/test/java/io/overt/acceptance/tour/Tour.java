package io.overt.acceptance.tour;

import io.overt.acceptance.EngineFixture;
import io.overt.agent.simulated.Latency;
import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the stops share: an engine, hosts with storage, the administrator. */
final class Tour implements AutoCloseable {
  static final String PASSWORD = "Correct-Horse-7";

  /** Guests move so slowly that they can be called back. */
  private static final SimulatedTimes TIMES =
      SimulatedTimes.instant().withMigration(Latency.millis(1000, 1000));

  private static final int HOSTS = 3;

  private final EngineFixture engine;
  private final SimulatedHosts hosts;
  private final Client client;
  private final List<Thing> highlights = new ArrayList<>();

  private Tour(EngineFixture engine) {
    this.engine = engine;
    this.hosts = engine.access().startHosts(HOSTS, TIMES);
    this.client = Client.administrator(engine);
  }

  /** Starts an engine with two hosts up, a third that waits to be added, and active storage. */
  static Tour begin() {
    EngineFixture engine = EngineFixture.start();
    Tour tour = new Tour(engine);
    for (String name : List.of("visitor", "companion", "outsider")) {
      engine.channel().call("user add", Map.of("name", name, "password", PASSWORD));
    }
    engine.channel().call("group add", Map.of("name", "staff", "members", List.of("companion")));
    for (int number = 0; number < HOSTS - 1; number++) {
      tour.client.create("/hosts", tour.hostBody(number), "root_password");
    }
    for (int number = 0; number < HOSTS - 1; number++) {
      tour.host(number).awaits("status", "up");
    }
    tour.attach(tour.domain("first"));
    return tour;
  }

  Client client() {
    return client;
  }

  Client clientOf(String user) {
    return Client.of(engine, user + "@internal", PASSWORD);
  }

  /** Things that the walk should not pass by. */
  List<Thing> highlights() {
    return highlights;
  }

  Thing highlight(Thing thing) {
    highlights.add(thing);
    return thing;
  }

  String hostBody(int number) {
    return "{name: 'host%d', address: '127.0.0.1', port: %d, root_password: 'unused', cluster: {name: 'Default'}}"
        .formatted(number, hosts.host(number).port());
  }

  Thing host(int number) {
    return client.named("/hosts", "host" + number);
  }

  Thing center() {
    return client.named("/datacenters", "Default");
  }

  Thing cluster() {
    return client.named("/clusters", "Default");
  }

  /** A storage domain that belongs to no data center yet. */
  Thing domain(String name) {
    return client.create(
        "/storagedomains",
        """
        {name: '%1$s', type: 'data', host: {name: 'host0'},
         storage: {type: 'nfs', address: 'filer', path: '/export/%1$s'}}
        """
            .formatted(name),
        "host");
  }

  /** Attaches it to the data center; the result is its address there. */
  Thing attach(Thing domain) {
    return center().create("storagedomains", domain.reference()).awaits("status", "active");
  }

  /** A machine without disks. */
  Thing machine(String name) {
    return machine(name, "");
  }

  /**
   * A machine without disks.
   *
   * @param more members, each after a comma
   */
  Thing machine(String name, String more) {
    return client
        .create(
            "/vms",
            """
            {name: '%s', cluster: {name: 'Default'}, template: {name: 'Blank'}, memory: 268435456,
             os: {kernel: '/boot/vmlinuz'} %s}
            """
                .formatted(name, more))
        .awaits("status", "down");
  }

  /** A disk of one gibibyte that is ready. */
  Thing disk(String alias) {
    return client
        .create(
            "/disks",
            """
            {alias: '%s', provisioned_size: 1073741824, format: 'cow',
             storage_domains: {storage_domain: [{name: 'first'}]}}
            """
                .formatted(alias))
        .awaits("status", "ok");
  }

  /** A user who may use one machine. */
  Thing outsider() {
    Thing user = user("outsider");
    machine("theirs")
        .create("permissions", "{role: {name: 'UserRole'}, user: %s}".formatted(user.reference()));
    return user;
  }

  Thing network(String name) {
    return client.create(
        "/networks", "{name: '%s', data_center: {name: 'Default'}}".formatted(name));
  }

  Thing user(String name) {
    String body = "{user_name: '%s@internal', domain: {name: 'internal'}}".formatted(name);
    return Thing.of(client, client.post("/users", body).expect(201).body());
  }

  @Override
  public void close() {
    engine.close();
    hosts.close();
  }
}
