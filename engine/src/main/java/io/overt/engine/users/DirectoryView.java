package io.overt.engine.users;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.login.EngineUsers;
import io.overt.model.ApiFault;
import io.overt.model.types.Domain;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the API shows entries of the directory, and how it names them. */
final class DirectoryView {
  private static final String NAMESPACE = "*";

  private DirectoryView() {}

  static Domain domain() {
    return new Domain().id(Directory.DOMAIN_ID).name(Directory.AUTHZ);
  }

  static User user(DirectoryUser user) {
    return new User()
        .id(user.entryId())
        .name(user.firstName().isEmpty() ? user.name() : user.firstName())
        .lastName(user.lastName())
        .email(user.email())
        .department(user.department())
        .namespace(NAMESPACE)
        .principal(user.name())
        .userName(EngineUsers.principalName(user))
        .domainEntryId(user.entryId())
        .domain(domain());
  }

  static Group group(DirectoryGroup group) {
    return new Group()
        .id(group.entryId())
        .name(group.name())
        .namespace(NAMESPACE)
        .domainEntryId(group.entryId())
        .domain(domain());
  }

  /** There is one domain; a body that names another is wrong. */
  static void requireKnown(@Nullable Domain domain) {
    if (domain == null) {
      return;
    }
    String id = domain.id();
    String name = domain.name();
    boolean known =
        id != null
            ? id.equalsIgnoreCase(Directory.DOMAIN_ID)
            : name == null || name.equals(Directory.AUTHZ) || name.equals(Directory.PROFILE);
    if (!known) {
      throw ApiFault.bad("There is no domain with " + (id != null ? "id " + id : "name " + name));
    }
  }

  /** The entry of a user, named with or without the domain: {@code bob@internal-authz}. */
  static Optional<DirectoryUser> find(Directory directory, User user) {
    String entryId = user.domainEntryId();
    if (entryId != null) {
      return directory.userByEntryId(entryId);
    }
    String name = user.userName();
    return name == null ? Optional.empty() : directory.user(withoutDomain(name));
  }

  static String withoutDomain(String name) {
    for (String domain : new String[] {Directory.AUTHZ, Directory.PROFILE}) {
      if (name.endsWith("@" + domain)) {
        return name.substring(0, name.length() - domain.length() - 1);
      }
    }
    return name;
  }
}
