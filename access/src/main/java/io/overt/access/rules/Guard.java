package io.overt.access.rules;

import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.Permit;
import io.overt.access.permissions.Visibility;
import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides before a feature is called whether the caller may call the operation on these objects.
 * What a feature itself touches beyond that (a quota, an administrator's property) it checks by
 * {@link Permissions}.
 */
public final class Guard {
  private final OperationRules rules;
  private final Permissions permissions;
  private final Visibility visibility;

  public Guard(OperationRules rules, Permissions permissions, Visibility visibility) {
    this.rules = rules;
    this.permissions = permissions;
    this.visibility = visibility;
  }

  /**
   * Lets a call through or not.
   *
   * @throws ApiFault 404 when an object of the URL is hidden from the caller, 403 when a permit is
   *     missing, 400 when a user asks for what only administrators may list or read unfiltered
   */
  public void check(Call call, Caller caller, Snapshot snapshot) {
    if (!caller.filter() && !caller.administrator()) {
      throw ApiFault.bad(
          "insufficient permissions: only administrators may send Filter: false, "
              + caller.principalName()
              + " is none");
    }
    checkPath(call, caller, snapshot);
    String operation = call.operation().key();
    String name = call.operation().name();
    if (name.equals("list") || name.equals("get")) {
      if (caller.filter() && rules.closed(operation)) {
        throw ApiFault.bad(
            "insufficient permissions: " + operation + " is for administrators without a filter");
      }
      return;
    }
    if (permissions.superUser(snapshot, caller)) {
      return;
    }
    List<OperationRules.Requirement> requirements = rules.of(operation);
    if (requirements.isEmpty()) {
      throw ApiFault.forbidden(
          caller.principalName() + " may not call " + operation + ": only a SuperUser may");
    }
    for (OperationRules.Requirement requirement : requirements) {
      check(requirement, call, caller, snapshot);
    }
  }

  private void checkPath(Call call, Caller caller, Snapshot snapshot) {
    for (Map.Entry<String, Kind<?>> step : PathKinds.all().entrySet()) {
      String id = call.pathId(step.getKey());
      if (id != null) {
        Optional<? extends Entity<?>> entity = snapshot.find(step.getValue(), id);
        if (entity.isPresent() && !visibility.visible(snapshot, caller, entity.get())) {
          throw ApiFault.notFound();
        }
      }
    }
  }

  private void check(
      OperationRules.Requirement requirement, Call call, Caller caller, Snapshot snapshot) {
    Permit permit = requirement.permit();
    for (Place place : requirement.object()) {
      switch (place) {
        case Place.EntireSystem() -> {
          require(snapshot, caller, permit, null, call);
          return;
        }
        case Place.AnyObject() -> {
          if (!permissions.allowsAnywhere(snapshot, caller.principalIds(), permit)) {
            throw forbidden(caller, permit, "any object", call);
          }
          return;
        }
        case Place.OwnProfile() -> {
          boolean own = caller.userId().equals(call.pathId("user"));
          require(snapshot, caller, own ? permit : Permit.MANIPULATE_USERS, null, call);
          return;
        }
        case Place.Path(String service) -> {
          String id = call.pathId(service);
          if (id != null) {
            Key key = PathKinds.require(service).key(id);
            if (snapshot.find(key).isEmpty()) {
              throw ApiFault.notFound();
            }
            require(snapshot, caller, permit, key, call);
            return;
          }
        }
        case Place.Body(String member) -> {
          List<Key> objects = referred(snapshot, call, member);
          if (!objects.isEmpty()) {
            objects.forEach(object -> require(snapshot, caller, permit, object, call));
            return;
          }
        }
      }
    }
    // None of the places is in this call: nothing below the system can allow it.
    require(snapshot, caller, permit, null, call);
  }

  private void require(
      Snapshot snapshot, Caller caller, Permit permit, @Nullable Key object, Call call) {
    if (!permissions.allows(snapshot, caller, permit, object)) {
      throw forbidden(
          caller, permit, object == null ? "the system" : object.kind() + " " + object.id(), call);
    }
  }

  private static ApiFault forbidden(Caller caller, Permit permit, String where, Call call) {
    return ApiFault.forbidden(
        caller.principalName()
            + " needs the permit "
            + permit.wire()
            + " on "
            + where
            + " for "
            + call.operation().key());
  }

  /** The known objects that the body's member names by id or name. */
  private static List<Key> referred(Snapshot snapshot, Call call, String member) {
    Struct body = call.body();
    if (body == null) {
      return List.of();
    }
    Object value = member.isEmpty() ? body : body.get(member);
    if (value == null && call.operation().isAction()) {
      value = call.input(member, Object.class);
    }
    List<Key> keys = new ArrayList<>();
    if (value instanceof Struct struct) {
      addKeys(snapshot, keys, struct);
    } else if (value instanceof Collection<?> list) {
      for (Object item : list) {
        if (item instanceof Struct struct) {
          addKeys(snapshot, keys, struct);
        }
      }
    }
    return keys;
  }

  private static void addKeys(Snapshot snapshot, List<Key> keys, Struct reference) {
    Kind<?> kind = Kinds.ofType(reference.type());
    if (kind == null) {
      return;
    }
    String id = reference.id();
    if (id != null) {
      snapshot.find(kind, id).ifPresent(entity -> keys.add(entity.key()));
    } else if (reference.get("name") instanceof String name) {
      // Names need not be unique: the permit is needed on whatever may be meant.
      snapshot.all(kind).stream()
          .filter(entity -> name.equals(entity.value().get("name")))
          .forEach(entity -> keys.add(entity.key()));
    }
  }
}
