package io.overt.engine.users;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.permissions.Grants.Principal;
import io.overt.engine.permissions.PrincipalPermissions;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.roles.AssignedRoles;
import io.overt.engine.tags.AssignedTags;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedRolesService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.services.DomainUserGroupsService;
import io.overt.model.services.EventSubscriptionsService;
import io.overt.model.services.SshPublicKeysService;
import io.overt.model.services.UserOptionsService;
import io.overt.model.services.UserService;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.util.List;
import java.util.Optional;

/** {@code /users/{id}} and what is below. */
final class OneUser implements UserService {
  private final Platform platform;
  private final Directory directory;
  private final Resource<User> users;
  private final String id;

  OneUser(Platform platform, Directory directory, Resource<User> users, String id) {
    this.platform = platform;
    this.directory = directory;
    this.users = users;
    this.id = id;
  }

  @Override
  public User get(GetRequest request) {
    return users.get(request.call(), id);
  }

  /** Only the options can be changed; the rest is the directory's and ignored. */
  @Override
  public Outcome<User> update(UpdateRequest request) {
    User body = platform.body(request.user());
    Entity<User> user =
        platform.write(
            transaction -> {
              Entity<User> current = users.require(request.call(), transaction, id);
              UserOptions.replace(platform, request.call(), transaction, current, body);
              return current;
            });
    return Outcome.done(users.present(request.call(), user));
  }

  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    platform.write(
        transaction -> {
          Entity<User> user = users.require(request.call(), transaction, id);
          if (id.equals(platform.caller(request.call()).userId())) {
            throw ApiFault.conflict("Users cannot remove themselves");
          }
          if (Directory.ADMINISTRATOR.equals(user.value().principal())) {
            throw ApiFault.conflict(
                "The administrator " + user.value().userName() + " cannot be removed");
          }
          SuperUsers.requireOthers(transaction, user.key());
          platform
              .events()
              .append(
                  transaction,
                  "USER_REMOVE_ADUSER",
                  platform
                      .about(request.call(), user.value())
                      .with("AdUserName", user.value().userName()));
          transaction.delete(user);
          return id;
        });
    return Outcome.removed();
  }

  @Override
  public AssignedRolesService roles() {
    return new AssignedRoles(platform, new Principal.OfUser(id));
  }

  @Override
  public AssignedPermissionsService permissions() {
    return new PrincipalPermissions(platform, new Principal.OfUser(id));
  }

  @Override
  public AssignedTagsService tags() {
    return new AssignedTags<>(platform, Kinds.USER, id);
  }

  @Override
  public SshPublicKeysService sshPublicKeys() {
    return new SshPublicKeys(platform, users, key());
  }

  @Override
  public UserOptionsService options() {
    return new UserOptions(platform, users, key());
  }

  @Override
  public EventSubscriptionsService eventSubscriptions() {
    return new EventSubscriptions(platform, users, key());
  }

  private Key key() {
    return Kinds.USER.key(id);
  }

  /** The groups of the directory that the user is in; one that the engine knows bears its id. */
  @Override
  public DomainUserGroupsService groups() {
    return new DomainUserGroupsService() {
      @Override
      public List<Group> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        User user = users.require(request.call(), snapshot, id).value();
        return Optional.ofNullable(user.domainEntryId())
            .flatMap(directory::userByEntryId)
            .map(entry -> directory.groupsOf(entry.id()))
            .orElse(List.of())
            .stream()
            .limit(Resource.limit(request.call()))
            .map(group -> shown(snapshot, group))
            .toList();
      }
    };
  }

  private static Group shown(Snapshot snapshot, DirectoryGroup entry) {
    Group shown = DirectoryView.group(entry);
    shown.href("/domains/" + Directory.DOMAIN_ID + "/groups/" + entry.entryId());
    Groups.known(snapshot, entry)
        .ifPresent(group -> shown.id(group.id()).href("/groups/" + group.id()));
    return shown;
  }
}
