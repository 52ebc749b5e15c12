package io.overt.engine.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.permissions.WellKnown;
import io.overt.engine.TestEngine;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.ApiFault.Category;
import io.overt.model.services.DomainUserGroupsService;
import io.overt.model.services.DomainUsersService;
import io.overt.model.services.EventSubscriptionService;
import io.overt.model.services.EventSubscriptionsService;
import io.overt.model.services.GroupService;
import io.overt.model.services.GroupsService;
import io.overt.model.services.SshPublicKeyService;
import io.overt.model.services.SshPublicKeysService;
import io.overt.model.services.UserOptionService;
import io.overt.model.services.UserOptionsService;
import io.overt.model.services.UserService;
import io.overt.model.services.UsersService;
import io.overt.model.types.Domain;
import io.overt.model.types.EventSubscription;
import io.overt.model.types.Group;
import io.overt.model.types.NotifiableEvent;
import io.overt.model.types.NotificationMethod;
import io.overt.model.types.Property;
import io.overt.model.types.SshPublicKey;
import io.overt.model.types.User;
import io.overt.model.types.UserOption;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f bob@desk";

  private final TestEngine engine = TestEngine.open();
  private final Users users = new Users(engine.platform(), engine.directory());
  private final Groups groups = new Groups(engine.platform(), engine.directory());
  private final Domains domains = new Domains(engine.directory());

  UsersTest() {
    engine.directory().addUser(DirectoryUser.named("bob"), "secret-1".toCharArray());
    engine.directory().addGroup("staff", List.of("bob"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private User add(String userName) {
    User body = new User().userName(userName).domain(new Domain().name(Directory.AUTHZ));
    return Objects.requireNonNull(
        users.add(new UsersService.AddRequest(engine.call().with("user", body))).entity());
  }

  private Group addGroup(String name) {
    return Objects.requireNonNull(
        groups
            .add(new GroupsService.AddRequest(engine.call().with("group", new Group().name(name))))
            .entity());
  }

  private UserService bob() {
    return users.user(add("bob@internal-authz").requireId());
  }

  private static void refused(Category category, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }

  @Test
  void aUserIsTakenFromTheDirectoryOnce() {
    User added = add("bob@internal-authz");

    assertThat(added.principal()).isEqualTo("bob");
    assertThat(added.userName()).isEqualTo("bob@internal-authz");
    assertThat(added.namespace()).isEqualTo("*");
    assertThat(added.lastName()).isEmpty();
    assertThat(Objects.requireNonNull(added.domain()).name()).isEqualTo("internal-authz");
    assertThat(add("bob").id()).isEqualTo(added.id());
    assertThat(users.list(new UsersService.ListRequest(engine.call()))).hasSize(2);
    assertThat(
            users.list(new UsersService.ListRequest(engine.call().with("search", "usrname=bob*"))))
        .extracting(User::id)
        .containsExactly(added.id());
    refused(Category.BAD_PARAMETER, () -> add("carol@internal-authz"));
    refused(
        Category.BAD_PARAMETER,
        () ->
            users.add(
                new UsersService.AddRequest(
                    engine
                        .call()
                        .with(
                            "user",
                            new User().userName("bob").domain(new Domain().name("example.com"))))));
  }

  @Test
  void aUserIsRemovedButNotTheAdministrator() {
    UserService bob = bob();
    bob.remove(new UserService.RemoveRequest(engine.call()));
    refused(Category.NOT_FOUND, () -> bob.get(new UserService.GetRequest(engine.call())));

    String admin = engine.platform().snapshot().all(Kinds.USER).getFirst().id();
    refused(
        Category.CONFLICT,
        () -> users.user(admin).remove(new UserService.RemoveRequest(engine.call())));
  }

  @Test
  void anUpdateSetsOptionsAndNothingElse() {
    UserService bob = bob();
    User body =
        new User()
            .name("other")
            .userOptions(List.of(new Property().name("theme").value("\"dark\"")));

    User updated =
        Objects.requireNonNull(
            bob.update(new UserService.UpdateRequest(engine.call().with("user", body))).entity());

    assertThat(updated.name()).isEqualTo("bob");
    assertThat(bob.options().list(new UserOptionsService.ListRequest(engine.call())))
        .singleElement()
        .satisfies(option -> assertThat(option.content()).isEqualTo("\"dark\""));
  }

  @Test
  void optionsAreJsonWithUniqueNames() {
    UserOptionsService options = bob().options();
    UserOption added = option(options, "columns", "{\"a\": [1, 2]}");

    assertThat(added.user()).isNotNull();
    refused(Category.CONFLICT, () -> option(options, "columns", "1"));
    refused(Category.BAD_PARAMETER, () -> option(options, "other", "{"));
    refused(Category.BAD_PARAMETER, () -> option(options, "other", "1 2"));
    UserOptionService one = options.option(added.requireId());
    one.remove(new UserOptionService.RemoveRequest(engine.call()));
    refused(Category.NOT_FOUND, () -> one.get(new UserOptionService.GetRequest(engine.call())));
  }

  private UserOption option(UserOptionsService options, String name, String content) {
    return Objects.requireNonNull(
        options
            .add(
                new UserOptionsService.AddRequest(
                    engine.call().with("option", new UserOption().name(name).content(content))))
            .entity());
  }

  @Test
  void sshKeysAreCheckedAndChanged() {
    SshPublicKeysService keys = bob().sshPublicKeys();
    SshPublicKey added = key(keys, KEY);

    assertThat(added.content()).isEqualTo(KEY);
    refused(Category.CONFLICT, () -> key(keys, KEY));
    refused(Category.BAD_PARAMETER, () -> key(keys, "ssh-rsa notbase64"));
    refused(Category.BAD_PARAMETER, () -> key(keys, KEY.replace("ssh-ed25519", "ssh-rsa")));
    SshPublicKeyService one = keys.key(added.requireId());
    SshPublicKey updated =
        Objects.requireNonNull(
            one.update(
                    new SshPublicKeyService.UpdateRequest(
                        engine.call().with("key", new SshPublicKey().content(KEY + "2"))))
                .entity());
    assertThat(updated.content()).endsWith("desk2");
    one.remove(new SshPublicKeyService.RemoveRequest(engine.call()));
    assertThat(keys.list(new SshPublicKeysService.ListRequest(engine.call()))).isEmpty();
  }

  private SshPublicKey key(SshPublicKeysService keys, String content) {
    return Objects.requireNonNull(
        keys.add(
                new SshPublicKeysService.AddRequest(
                    engine.call().with("key", new SshPublicKey().content(content))))
            .entity());
  }

  @Test
  void subscriptionsAreByMailAndOncePerEvent() {
    EventSubscriptionsService subscriptions = bob().eventSubscriptions();
    refused(Category.BAD_PARAMETER, () -> subscribe(subscriptions, null));
    EventSubscription added = subscribe(subscriptions, "bob@localhost");

    assertThat(added.id()).isEqualTo("host_failure");
    assertThat(added.notificationMethod()).isEqualTo(NotificationMethod.SMTP);
    refused(Category.CONFLICT, () -> subscribe(subscriptions, "bob@localhost"));
    EventSubscriptionService one = subscriptions.eventSubscription("host_failure");
    assertThat(one.get(new EventSubscriptionService.GetRequest(engine.call())).address())
        .isEqualTo("bob@localhost");
    one.remove(new EventSubscriptionService.RemoveRequest(engine.call()));
    refused(
        Category.NOT_FOUND, () -> one.get(new EventSubscriptionService.GetRequest(engine.call())));
  }

  private EventSubscription subscribe(EventSubscriptionsService service, String address) {
    EventSubscription body =
        new EventSubscription().event(NotifiableEvent.HOST_FAILURE).address(address);
    return Objects.requireNonNull(
        service
            .add(
                new EventSubscriptionsService.AddRequest(
                    engine.call().with("event_subscription", body)))
            .entity());
  }

  @Test
  void groupsAreTakenFromTheDirectoryAndEveryoneStays() {
    UserService bob = bob();
    Group staff = addGroup("staff");

    assertThat(addGroup("staff").id()).isEqualTo(staff.id());
    refused(Category.BAD_PARAMETER, () -> addGroup("nobody"));
    assertThat(bob.groups().list(new DomainUserGroupsService.ListRequest(engine.call())))
        .extracting(Group::id)
        .containsExactly(staff.id());
    GroupService everyone = groups.group(WellKnown.EVERYONE);
    assertThat(everyone.get(new GroupService.GetRequest(engine.call())).domainEntryId())
        .startsWith("656565");
    refused(
        Category.CONFLICT, () -> everyone.remove(new GroupService.RemoveRequest(engine.call())));
    groups.group(staff.requireId()).remove(new GroupService.RemoveRequest(engine.call()));
    assertThat(groups.list(new GroupsService.ListRequest(engine.call()))).hasSize(1);
  }

  @Test
  void theDirectoryIsSearched() {
    DomainUsersService entries = domains.domain(Directory.DOMAIN_ID).users();

    assertThat(entries.list(new DomainUsersService.ListRequest(engine.call())))
        .extracting(User::principal)
        .containsExactlyInAnyOrder("admin", "bob");
    assertThat(
            entries.list(
                new DomainUsersService.ListRequest(engine.call().with("search", "name=bob"))))
        .extracting(User::principal)
        .containsExactly("bob");
    refused(
        Category.NOT_FOUND,
        () -> domains.domain("00").users().list(new DomainUsersService.ListRequest(engine.call())));
  }
}
