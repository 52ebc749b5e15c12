package io.overt.rest.api;

import io.overt.model.Member;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.types.Action;
import io.overt.rest.route.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The action document that answers an action: the parameters of the caller, the outputs of the
 * feature, and the object acted on without its data. Secrets that came in do not go out again.
 */
final class ActionEcho {
  /** Parts of the names of members that are not for other eyes, a ticket's value among them. */
  private static final List<String> SECRETS =
      List.of("password", "secret", "private_key", "ticket", "custom_script", "authorized");

  /** Parameters that every action takes. */
  private static final Set<String> ALWAYS = Set.of("async", "grace_period");

  private ActionEcho() {}

  /** What the caller sent. */
  static Action of(RestCall call) {
    Action action = new Action();
    Struct sent = call.body();
    if (sent != null) {
      for (Member member : sent.type().members()) {
        Object value = sent.get(member);
        if (value != null && isParameter(call, member)) {
          echo(action, member, value);
        }
      }
    }
    return action;
  }

  static Action of(RestCall call, Target target, @Nullable Struct outputs) {
    Action action = of(call);
    if (outputs instanceof Action produced) {
      for (Member member : produced.type().members()) {
        Object value = produced.get(member);
        if (value != null) {
          action.set(member, value);
        }
      }
    }
    addSkeleton(action, target, outputs);
    return action;
  }

  private static void echo(Struct target, Member member, Object value) {
    if (SECRETS.stream().anyMatch(member.name()::contains)) {
      return;
    }
    switch (value) {
      case Struct struct -> target.set(member, withoutSecrets(struct));
      case List<?> items ->
          target.set(
              member,
              items.stream()
                  .map(item -> item instanceof Struct struct ? withoutSecrets(struct) : item)
                  .toList());
      default -> target.set(member, value);
    }
  }

  private static Struct withoutSecrets(Struct sent) {
    Struct echo = sent.type().create();
    for (Member member : sent.type().members()) {
      Object value = sent.get(member);
      if (value != null) {
        echo(echo, member, value);
      }
    }
    return echo;
  }

  private static boolean isParameter(RestCall call, Member member) {
    return ALWAYS.contains(member.name()) || call.operation().parameter(member.name()) != null;
  }

  /** The object acted on, addressed by the request's path, under the member of its type. */
  private static void addSkeleton(Action action, Target target, @Nullable Struct outputs) {
    if (target.steps().isEmpty() || !target.steps().getLast().id()) {
      return;
    }
    var get = target.service().operation("get");
    ParameterType result = get == null ? null : get.result();
    String type = result == null ? null : result.reference();
    Member member = type == null ? null : action.type().find(type);
    if (type == null
        || member == null
        || member.list()
        || !type.equals(member.reference())
        || (outputs instanceof Action && outputs.has(member))) {
      return;
    }
    Struct skeleton = Schema.current().struct(type).create();
    skeleton.set("id", target.steps().getLast().segment());
    skeleton.href(target.path());
    skeleton.expand();
    action.set(member, skeleton);
  }
}
