package io.overt.engine.users;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.login.EngineUsers;
import io.overt.access.permissions.Grants.Principal;
import io.overt.access.permissions.WellKnown;
import io.overt.engine.permissions.PrincipalPermissions;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.roles.AssignedRoles;
import io.overt.engine.tags.AssignedTags;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedRolesService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.services.GroupService;
import io.overt.model.services.GroupsService;
import io.overt.model.types.Group;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code /groups}: the groups that the engine knows; adding one takes it from the directory. */
public final class Groups implements GroupsService {
  private final Platform platform;
  private final Directory directory;
  private final Resource<Group> resource;

  public Groups(Platform platform, Directory directory) {
    this.platform = platform;
    this.directory = directory;
    this.resource = new Resource<>(platform, Kinds.GROUP, Groups::shown);
  }

  /** Tags have an address of their own; a group of no directory has its own id as entry. */
  static Group shown(Entity<Group> group, Snapshot snapshot, Call call) {
    Group shown = group.value().copy().tags(null);
    return shown.domainEntryId() == null ? shown.domainEntryId(hex(group.id())) : shown;
  }

  private static String hex(String id) {
    return HexFormat.of().withUpperCase().formatHex(id.getBytes(StandardCharsets.UTF_8));
  }

  /** The engine's group of an entry of the directory. */
  static Optional<Entity<Group>> known(Snapshot snapshot, DirectoryGroup entry) {
    return snapshot.all(Kinds.GROUP).stream()
        .filter(group -> entry.entryId().equals(group.value().domainEntryId()))
        .findFirst();
  }

  @Override
  public List<Group> list(ListRequest request) {
    return resource.list(request.call());
  }

  /** The answer is the same for a group that is known already. */
  @Override
  public Outcome<Group> add(AddRequest request) {
    Group body = platform.body(request.group());
    DirectoryView.requireKnown(body.domain());
    DirectoryGroup entry =
        find(body)
            .orElseThrow(
                () -> ApiFault.bad("There is no group " + body.name() + " in " + Directory.AUTHZ));
    Entity<Group> added =
        platform.write(
            transaction -> {
              boolean known = known(transaction.current(), entry).isPresent();
              Entity<Group> entity = EngineUsers.add(transaction, entry);
              if (!known) {
                platform
                    .events()
                    .append(
                        transaction,
                        "USER_ADD",
                        platform
                            .about(request.call(), entity.value())
                            .with("NewUserName", entity.value().name()));
              }
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  private Optional<DirectoryGroup> find(Group body) {
    String entryId = body.domainEntryId();
    if (entryId != null) {
      return directory.groupByEntryId(entryId);
    }
    String name = body.name();
    return name == null ? Optional.empty() : directory.group(DirectoryView.withoutDomain(name));
  }

  @Override
  public GroupService group(String id) {
    return new GroupService() {
      @Override
      public Group get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Group> group = resource.require(request.call(), transaction, id);
              if (id.equals(WellKnown.EVERYONE)) {
                throw ApiFault.conflict("The group Everyone cannot be removed");
              }
              SuperUsers.requireOthers(transaction, group.key());
              platform.report(transaction, "USER_REMOVE_AD_GROUP", request.call(), group.value());
              transaction.delete(group);
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public AssignedRolesService roles() {
        return new AssignedRoles(platform, new Principal.OfGroup(id));
      }

      @Override
      public AssignedPermissionsService permissions() {
        return new PrincipalPermissions(platform, new Principal.OfGroup(id));
      }

      @Override
      public AssignedTagsService tags() {
        return new AssignedTags<>(platform, Kinds.GROUP, id);
      }
    };
  }
}
