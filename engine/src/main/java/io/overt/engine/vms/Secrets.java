package io.overt.engine.vms;

import io.overt.model.types.AuthorizedKey;
import io.overt.model.types.CloudInit;
import io.overt.model.types.Host;
import io.overt.model.types.Initialization;
import io.overt.model.types.User;
import io.overt.model.types.VmBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Passwords that come with a machine's initialization: kept apart, never shown. */
public final class Secrets {
  /** Private attribute of a machine or template: the guest's first password of root. */
  public static final String ROOT_PASSWORD = "root_password";

  private Secrets() {}

  /** Takes the passwords out of the value; the result is the private attributes with them. */
  public static Map<String, String> takenFrom(VmBase machine, Map<String, String> internals) {
    Map<String, String> result = new HashMap<>(internals);
    Initialization initialization = machine.initialization();
    if (initialization == null) {
      return result;
    }
    Initialization open = initialization.copy();
    String password = open.rootPassword();
    if (password != null) {
      result.put(ROOT_PASSWORD, password);
      open.rootPassword(null);
    }
    CloudInit cloudInit = open.cloudInit();
    if (cloudInit != null) {
      for (User user : Objects.requireNonNullElse(cloudInit.users(), List.<User>of())) {
        if (user.password() != null && "root".equals(user.userName())) {
          result.put(ROOT_PASSWORD, user.password());
        }
        user.password(null);
      }
      fold(cloudInit, open);
    }
    open.configuration(null);
    machine.initialization(open);
    return result;
  }

  /**
   * Says in the members of today what clients say in those of old, which look like references to
   * hosts and users but are none.
   */
  private static void fold(CloudInit old, Initialization initialization) {
    Host host = old.host();
    if (host != null && initialization.hostName() == null) {
      initialization.hostName(host.address());
    }
    List<User> users = old.users();
    if (users != null && !users.isEmpty() && initialization.userName() == null) {
      initialization.userName(users.getFirst().userName());
    }
    old.host(null).users(null);
    for (AuthorizedKey key :
        Objects.requireNonNullElse(old.authorizedKeys(), List.<AuthorizedKey>of())) {
      key.user(null);
    }
  }
}
