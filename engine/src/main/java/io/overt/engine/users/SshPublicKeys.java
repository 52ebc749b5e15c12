package io.overt.engine.users;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.SshPublicKeyService;
import io.overt.model.services.SshPublicKeysService;
import io.overt.model.types.SshPublicKey;
import io.overt.model.types.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /users/{id}/sshpublickeys}: what opens serial consoles to a user. */
final class SshPublicKeys implements SshPublicKeysService {
  private static final int CONTENT_LIMIT = 16 * 1024;

  private final Platform platform;
  private final Resource<User> users;
  private final Resource<SshPublicKey> keys;
  private final Key user;

  SshPublicKeys(Platform platform, Resource<User> users, Key user) {
    this.platform = platform;
    this.users = users;
    this.keys =
        new Resource<>(
            platform,
            Kinds.SSH_PUBLIC_KEY,
            (key, snapshot, call) -> key.value().copy().user(new User().id(user.id())));
    this.user = user;
  }

  @Override
  public List<SshPublicKey> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    users.require(request.call(), snapshot, user.id());
    return keys.list(request.call(), snapshot, snapshot.owned(Kinds.SSH_PUBLIC_KEY, user));
  }

  @Override
  public Outcome<SshPublicKey> add(AddRequest request) {
    String content = checked(platform.body(request.key()).content());
    Entity<SshPublicKey> added =
        platform.write(
            transaction -> {
              Entity<User> owner = users.require(request.call(), transaction, user.id());
              requireNew(transaction, null, content);
              Entity<SshPublicKey> key =
                  transaction.insert(
                      Kinds.SSH_PUBLIC_KEY,
                      new SshPublicKey().id(platform.newId()).content(content),
                      user);
              platform.report(
                  transaction, "USER_PROFILE_CREATE_PROPERTY", request.call(), owner.value());
              return key;
            });
    return Outcome.done(keys.present(request.call(), added));
  }

  @Override
  public SshPublicKeyService key(String id) {
    return new SshPublicKeyService() {
      @Override
      public SshPublicKey get(GetRequest request) {
        users.require(request.call(), platform.snapshot(), user.id());
        return keys.getOwned(request.call(), user, id);
      }

      @Override
      public Outcome<SshPublicKey> update(UpdateRequest request) {
        String content = checked(platform.body(request.key()).content());
        Entity<SshPublicKey> updated =
            platform.write(
                transaction -> {
                  Entity<User> owner = users.require(request.call(), transaction, user.id());
                  Entity<SshPublicKey> current =
                      keys.requireOwned(request.call(), transaction, user, id);
                  requireNew(transaction, id, content);
                  platform.report(
                      transaction, "USER_PROFILE_REPLACE_PROPERTY", request.call(), owner.value());
                  return transaction.update(current, current.value().copy().content(content));
                });
        return Outcome.done(keys.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<User> owner = users.require(request.call(), transaction, user.id());
              transaction.delete(keys.requireOwned(request.call(), transaction, user, id));
              platform.report(
                  transaction, "USER_PROFILE_REMOVE_PROPERTY", request.call(), owner.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private void requireNew(Transaction transaction, @Nullable String self, String content) {
    for (Entity<SshPublicKey> other : transaction.current().owned(Kinds.SSH_PUBLIC_KEY, user)) {
      if (!other.id().equals(self) && content.equals(other.value().content())) {
        throw ApiFault.conflict("The user has this key already, id " + other.id());
      }
    }
  }

  /** One key in OpenSSH's form: type, base64, comment. */
  private static String checked(@Nullable String given) {
    String content = given == null ? "" : given.strip();
    Names.length(content, "key.content", CONTENT_LIMIT);
    String[] words = content.split("\\s+", 3);
    if (content.lines().count() != 1 || words.length < 2 || !isKey(words[0], words[1])) {
      throw ApiFault.bad("key.content is not an SSH public key: <type> <base64> [comment]");
    }
    return content;
  }

  /** The blob begins with the length and text of its type. */
  private static boolean isKey(String type, String base64) {
    try {
      ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      byte[] expected = type.getBytes(StandardCharsets.US_ASCII);
      if (blob.remaining() <= 4 + expected.length || blob.getInt() != expected.length) {
        return false;
      }
      byte[] found = new byte[expected.length];
      blob.get(found);
      return java.util.Arrays.equals(found, expected);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
