package io.overt.engine.users;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.UserOptionService;
import io.overt.model.services.UserOptionsService;
import io.overt.model.types.Property;
import io.overt.model.types.User;
import io.overt.model.types.UserOption;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code /users/{id}/options}: what a user interface keeps for its user, values in JSON. */
final class UserOptions implements UserOptionsService {
  private static final int NAME_LIMIT = 255;
  private static final int CONTENT_LIMIT = 64 * 1024;
  private static final JsonFactory JSON = new JsonFactory();

  private final Platform platform;
  private final Resource<User> users;
  private final Resource<UserOption> options;
  private final Key user;

  UserOptions(Platform platform, Resource<User> users, Key user) {
    this.platform = platform;
    this.users = users;
    this.options =
        new Resource<>(
            platform,
            Kinds.USER_OPTION,
            (option, snapshot, call) -> option.value().copy().user(new User().id(user.id())));
    this.user = user;
  }

  @Override
  public List<UserOption> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    users.require(request.call(), snapshot, user.id());
    return options.list(request.call(), snapshot, snapshot.owned(Kinds.USER_OPTION, user));
  }

  @Override
  public Outcome<UserOption> add(AddRequest request) {
    UserOption body = platform.body(request.option());
    String name = Names.required(body.name(), "UserOption", "add");
    String content = body.content();
    if (content == null) {
      throw ApiFault.incomplete("UserOption", "content", "add");
    }
    Entity<UserOption> added =
        platform.write(
            transaction -> {
              Entity<User> owner = users.require(request.call(), transaction, user.id());
              Entity<UserOption> option = insert(platform, transaction, user, name, content);
              platform.report(
                  transaction, "USER_PROFILE_CREATE_PROPERTY", request.call(), owner.value());
              return option;
            });
    return Outcome.done(options.present(request.call(), added));
  }

  /** Sets the options that an update of the user names; an empty value removes one. */
  static void replace(
      Platform platform, Call call, Transaction transaction, Entity<User> owner, User body) {
    List<Property> wanted = body.userOptions();
    if (wanted == null) {
      return;
    }
    for (Property property : wanted) {
      String name = Names.required(property.name(), "User", "update");
      String value = Objects.requireNonNullElse(property.value(), "");
      Optional<Entity<UserOption>> known =
          transaction.current().owned(Kinds.USER_OPTION, owner.key()).stream()
              .filter(option -> name.equals(option.value().name()))
              .findFirst();
      if (value.isEmpty()) {
        known.ifPresent(transaction::delete);
      } else if (known.isPresent()) {
        transaction.update(known.get(), known.get().value().copy().content(checked(value)));
      } else {
        insert(platform, transaction, owner.key(), name, value);
      }
    }
    platform.report(transaction, "USER_OPTIONS_UPDATE", call, owner.value());
  }

  private static Entity<UserOption> insert(
      Platform platform, Transaction transaction, Key owner, String name, String content) {
    return transaction.insert(
        Kinds.USER_OPTION,
        new UserOption()
            .id(platform.newId())
            .name(Names.length(name, "option.name", NAME_LIMIT))
            .content(checked(content)),
        owner);
  }

  /** One JSON value of any kind. */
  private static String checked(String content) {
    Names.length(content, "option.content", CONTENT_LIMIT);
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() == null) {
        throw ApiFault.bad("option.content is empty; it must be a JSON value");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw ApiFault.bad("option.content has text after its JSON value");
      }
      return content;
    } catch (IOException notJson) {
      throw ApiFault.bad("option.content '" + content + "' is not a JSON value");
    }
  }

  @Override
  public UserOptionService option(String id) {
    return new UserOptionService() {
      @Override
      public UserOption get(GetRequest request) {
        users.require(request.call(), platform.snapshot(), user.id());
        return options.getOwned(request.call(), user, id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<User> owner = users.require(request.call(), transaction, user.id());
              transaction.delete(options.requireOwned(request.call(), transaction, user, id));
              platform.report(
                  transaction, "USER_PROFILE_REMOVE_PROPERTY", request.call(), owner.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
