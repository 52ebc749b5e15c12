package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.types.Event;
import io.overt.model.types.Group;
import io.overt.model.types.Job;
import io.overt.model.types.User;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The tables of users, groups, what they did (events, jobs), and of directories. */
final class PeopleObjects {
  private PeopleObjects() {}

  static SearchObject<User> users() {
    SearchObject<User> users = new SearchObject<>(Kinds.USER);
    Accessor login = all(users.path("principal"), users.path("user_name"));
    return users
        .text("name", "name")
        .text("lastname", "last_name")
        .text("usrname", login)
        .text("user_and_domain", "user_name")
        .text("login", login)
        .text("directory", "domain.name")
        .text("department", "department")
        .tag(Accessors::tags)
        .text(
            "pool",
            (scope, user) ->
                Accessors.names(Accessors.permittedTo(scope, user, "vm_pool", Kinds.VM_POOL)))
        .choice("type", Choices.of(List.of("user", "group")), (scope, user) -> "user")
        .relation(
            "host",
            SearchObjects.lazy(Kinds.HOST),
            (scope, user) -> Accessors.permittedTo(scope, user, "host", Kinds.HOST))
        .relation(
            "vm",
            SearchObjects.lazy(Kinds.VM),
            (scope, user) -> Accessors.permittedTo(scope, user, "vm", Kinds.VM))
        .relation(
            "template",
            SearchObjects.lazy(Kinds.TEMPLATE),
            (scope, user) -> Accessors.permittedTo(scope, user, "template", Kinds.TEMPLATE))
        .relation(
            "event", SearchObjects.lazy(Kinds.EVENT), (scope, user) -> scope.events("user", user));
  }

  static SearchObject<Group> groups() {
    return new SearchObject<>(Kinds.GROUP).text("grpname", "name").text("name", "name");
  }

  static SearchObject<Event> events() {
    SearchObject<Event> events = new SearchObject<>(Kinds.EVENT);
    events
        .number("type", "code")
        .choice("severity", Choices.of("log_severity"), "severity")
        .text("message", "description")
        .time("time", "time")
        .text("usrname", all(events.path("user.user_name"), events.path("user.name")))
        .text("event_host", "host.name")
        .text("event_vm", "vm.name")
        .text("event_template", "template.name")
        .text("event_storage", "storage_domain.name")
        .text("event_datacenter", "data_center.name")
        .text("event_volume", Accessors.internal("volume_name"))
        .text("correlation_id", "correlation_id")
        .text("origin", "origin")
        .number("custom_event_id", "custom_id")
        .flag("deleted", Accessors.internalFlag(SearchEngine.DELETED))
        .text("_event_vm_id", "vm.id")
        .text("_event_template_id", "template.id")
        .text("_event_storage_id", "storage_domain.id")
        .text("_event_host_id", "host.id")
        .text("_event_datacenter_id", "data_center.id")
        .text("_event_quota_id", Accessors.internal("quota_id"))
        .text("usrid", "user.id");
    for (Kind<?> kind : List.of(Kinds.VM, Kinds.HOST, Kinds.TEMPLATE, Kinds.USER, Kinds.CLUSTER)) {
      events.relation(
          kind.name(),
          SearchObjects.lazy(kind),
          (scope, event) -> scope.referred(event, kind.name(), kind));
    }
    return events.relation(
        "quota",
        SearchObjects.lazy(Kinds.QUOTA),
        (scope, event) -> {
          String id = event.internal("quota_id");
          Entity<?> quota = id == null ? null : scope.find(Kinds.QUOTA, id);
          return quota == null ? List.of() : List.of(quota);
        });
  }

  /** Engine 4.5 knows the correlation id alone, and refuses texts. */
  static SearchObject<Job> jobs() {
    return new SearchObject<>(Kinds.JOB)
        .choice("status", Choices.of("job_status"), "status")
        .time("start_time", "start_time")
        .time("end_time", "end_time")
        .id("correlation_id", Accessors.internal("correlation_id"));
  }

  /** Users of a directory; they are not in the inventory. */
  static SearchObject<User> directoryUsers() {
    SearchObject<User> users = new SearchObject<>(Kinds.USER);
    Accessor login = all(users.path("principal"), users.path("user_name"));
    return users
        .text("name", "name")
        .text("username", login)
        .text(
            "allnames",
            all(
                users.path("name"),
                users.path("last_name"),
                users.path("principal"),
                users.path("user_name")))
        .text("lastname", "last_name")
        .text("department", "department")
        .text("title", Accessors.internal("title"));
  }

  /** Groups of a directory. */
  static SearchObject<Group> directoryGroups() {
    return new SearchObject<>(Kinds.GROUP)
        .text("name", "name")
        .text("groupname", "name")
        .text("allnames", "name");
  }

  /** All present values of several accessors. */
  private static Accessor all(Accessor... accessors) {
    return (scope, entity) ->
        Stream.of(accessors)
            .map(accessor -> accessor.value(scope, entity))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }
}
