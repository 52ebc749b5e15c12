package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Users, groups, roles and permissions. */
final class AccessStops {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl tour";
  private static final String OTHER_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk1ofmWTYZfXYSYlDTZQmDMmOTqUzrjY1ENIRiaXxAt tour";

  private final Tour tour;
  private final Client client;

  AccessStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("users", this::users),
        new Stop("what belongs to a user", this::belongings),
        new Stop("groups", this::groups),
        new Stop("roles and permits", this::roles),
        new Stop("permissions", this::permissions),
        new Stop("directories", this::directories));
  }

  private void users() {
    Thing user = tour.user("companion");
    user.reads("{user_name: 'companion@internal-authz'}");
    client
        .put(
            user.path(), "{user_options: {property: [{name: 'localeOption', value: '\"de-DE\"'}]}}")
        .expect(200);
    assertThat(user.count("options")).isEqualTo(1);
    user.create("tags", client.create("/tags", "{name: 'people'}").reference()).remove();
    user.remove();
  }

  private void belongings() {
    Thing user = tour.user("visitor");
    Thing key = user.create("sshpublickeys", "{content: '%s'}".formatted(KEY));
    key.update("{content: '%s'}".formatted(OTHER_KEY));
    key.remove();
    user.create("sshpublickeys", "{content: '%s'}".formatted(KEY));
    user.create("options", "{name: 'colour', content: '\"blue\"'}").remove();
    user.create("options", "{name: 'size', content: '7'}");
    Thing subscription =
        user.create(
            "eventsubscriptions",
            "{event: 'vm_console_connected', notification_method: 'smtp', address: 'a@example.org'}");
    subscription.remove();
    user.create(
        "eventsubscriptions",
        "{event: 'host_failure', notification_method: 'smtp', address: 'a@example.org'}");
    user.create("tags", "{name: 'people'}");
    assertThat(user.count("roles")).isNotNegative();
    tour.highlight(user);
  }

  private void groups() {
    Thing group =
        Thing.of(
            client,
            client
                .post("/groups", "{name: 'staff', domain: {name: 'internal-authz'}}")
                .expect(201)
                .body());
    group.create("tags", "{name: 'people'}").remove();
    Thing grant =
        group.create(
            "permissions",
            "{role: {name: 'UserRole'}, cluster: %s}".formatted(tour.cluster().reference()));
    grant.remove();
    Thing everywhere =
        client.create(
            "/permissions", "{role: {name: 'UserRole'}, group: %s}".formatted(group.reference()));
    assertThat(group.count("roles")).isEqualTo(1);
    everywhere.remove();
    group.remove();
    client.post("/groups", "{name: 'staff', domain: {name: 'internal-authz'}}").expect(201);
  }

  private void roles() {
    Thing role =
        client.create(
            "/roles",
            """
            {name: 'starter', description: 'starts', administrative: false,
             permits: {permit: [{id: '1'}]}}
            """,
            "permits");
    role.update("{description: 'starts and stops'}");
    Thing permit =
        Thing.of(
            client, client.post(role.path() + "/permits", "{name: 'run_vm'}").expect(201).body());
    int before = role.count("permits");
    client.delete(permit.path()).expect(200);
    assertThat(role.count("permits")).isEqualTo(before - 1);
    role.remove();
    client.delete(client.named("/roles", "SuperUser").path()).refused(409);
  }

  private void permissions() {
    Thing user = tour.user("visitor");
    String grant = "{role: {name: 'UserRole'}, user: %s}".formatted(user.reference());
    Thing machine = tour.machine("granted");
    Thing onMachine = machine.create("permissions", grant);
    onMachine.remove();
    machine.create("permissions", grant);
    Thing system = client.create("/permissions", grant);
    assertThat(machine.count("permissions")).isGreaterThan(1);
    system.remove();
    Thing ofUser =
        user.create(
            "permissions",
            "{role: {name: 'UserRole'}, data_center: %s}".formatted(tour.center().reference()));
    ofUser.remove();
    for (String kind : List.of("clusters", "hosts", "networks", "storagedomains", "templates")) {
      client.create(firstOf(kind) + "/permissions", grant).remove();
    }
  }

  private String firstOf(String collection) {
    return Thing.of(client, client.get("/" + collection).entries().iterator().next()).path();
  }

  private void directories() {
    Thing domain = client.named("/domains", "internal-authz");
    assertThat(client.get(domain.path() + "/users").expect(200).entries())
        .extracting(each -> each.path("principal").asText())
        .contains("companion");
    assertThat(domain.count("groups")).isPositive();
  }
}
