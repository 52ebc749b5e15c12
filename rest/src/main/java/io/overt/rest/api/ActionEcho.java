package io.overt.rest.api;

import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.types.Action;
import io.overt.rest.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * The action document that answers an action: the plain parameters of the caller, the outputs of
 * the feature, and the object acted on without its data. Secrets that came in do not go out again.
 */
final class ActionEcho {
  private ActionEcho() {}

  static Action of(RestCall call, Target target, @Nullable Struct outputs) {
    Action action = new Action();
    Struct sent = call.body();
    if (sent != null) {
      for (Member member : sent.type().members()) {
        Object value = sent.get(member);
        if (value != null && plain(member) && isParameter(call, member)) {
          action.set(member, value);
        }
      }
    }
    if (outputs instanceof Action produced) {
      for (Member member : produced.type().members()) {
        Object value = produced.get(member);
        if (value != null) {
          action.set(member, value);
        }
      }
    }
    addSkeleton(action, target);
    return action;
  }

  private static boolean plain(Member member) {
    return member.kind() != Kind.STRUCT && !member.list() && !member.name().contains("password");
  }

  private static boolean isParameter(RestCall call, Member member) {
    return member.name().equals("async") || call.operation().parameter(member.name()) != null;
  }

  /** The object acted on, addressed by the request's path, under the member of its type. */
  private static void addSkeleton(Action action, Target target) {
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
        || action.has(member)) {
      return;
    }
    Struct skeleton = Schema.current().struct(type).create();
    skeleton.set("id", target.steps().getLast().segment());
    skeleton.href(target.path());
    skeleton.expand();
    action.set(member, skeleton);
  }
}
