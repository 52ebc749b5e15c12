package io.overt.engine.users;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.login.EngineUsers;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.UserService;
import io.overt.model.services.UsersService;
import io.overt.model.types.User;
import java.util.List;

/** {@code /users}: the users that the engine knows; adding one takes it from the directory. */
public final class Users implements UsersService {
  private final Platform platform;
  private final Directory directory;
  private final Resource<User> resource;

  public Users(Platform platform, Directory directory) {
    this.platform = platform;
    this.directory = directory;
    this.resource = new Resource<>(platform, Kinds.USER, Users::shown);
  }

  /** Groups and tags have addresses of their own. */
  static User shown(Entity<User> user, Snapshot snapshot, Call call) {
    return user.value().copy().groups(null).tags(null);
  }

  @Override
  public List<User> list(ListRequest request) {
    return resource.list(request.call());
  }

  /** The answer is the same for a user that is known already. */
  @Override
  public Outcome<User> add(AddRequest request) {
    User body = platform.body(request.user());
    DirectoryView.requireKnown(body.domain());
    DirectoryUser entry =
        DirectoryView.find(directory, body)
            .orElseThrow(
                () ->
                    ApiFault.bad("There is no user " + body.userName() + " in " + Directory.AUTHZ));
    Entity<User> added =
        platform.write(
            transaction -> {
              boolean known = EngineUsers.find(transaction.current(), entry).isPresent();
              Entity<User> entity = EngineUsers.add(transaction, entry);
              if (!known) {
                platform
                    .events()
                    .append(
                        transaction,
                        "USER_ADD",
                        platform
                            .about(request.call(), entity.value())
                            .with("NewUserName", entity.value().userName()));
              }
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  @Override
  public UserService user(String id) {
    return new OneUser(platform, directory, resource, id);
  }
}
