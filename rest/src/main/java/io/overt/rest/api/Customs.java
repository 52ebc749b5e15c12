package io.overt.rest.api;

import io.overt.codec.Extras;
import io.overt.model.OperationType;
import io.overt.model.Service;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.document.Element;
import io.overt.rest.route.Step;
import io.overt.rest.route.Target;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a version of the API does otherwise than the model, beyond names. */
public interface Customs {
  /** Those of the model's own version. */
  Customs NONE = new Customs() {};

  /**
   * A request before it is carried out.
   *
   * @param body what was sent, to be completed; null for none
   * @param extras what was sent beside it that the model has no members for
   * @param parameter of the query, the path or the headers
   */
  record Incoming(
      OperationType operation,
      List<Step> steps,
      @Nullable Struct body,
      Extras extras,
      Function<String, @Nullable String> parameter,
      Inner inner) {

    /** The id of the object that the path leads to or through, by the name of its service. */
    public @Nullable String id(String service) {
      for (Step step : steps) {
        if (step.id() && step.target().name().equals(service)) {
          return step.segment();
        }
      }
      return null;
    }
  }

  /** Path of the model under which the thing is that this version has elsewhere, or null. */
  default @Nullable String redirect(Target target) {
    return null;
  }

  /** A service that only this version has, or null for one of the model. */
  default @Nullable Service service(Target target, Inner inner) {
    return null;
  }

  /**
   * What a GET answers that no struct of the model describes, or null.
   *
   * @throws io.overt.model.ApiFault when it is refused
   */
  default @Nullable Element page(Target target, Inner inner) {
    return null;
  }

  /** What this version says of its own paths and requests, or null for nothing. */
  default @Nullable Element description() {
    return null;
  }

  /** What a removal may carry as a body; null for nothing. */
  default @Nullable StructType removalBody(OperationType operation) {
    return null;
  }

  /** Turns what only this version's requests say into what the model's say: more parameters. */
  default Map<String, String> prepare(Incoming incoming) {
    return Map.of();
  }

  /** Collections that an operation shows inline without being asked. */
  default List<String> inline(OperationType operation) {
    return List.of();
  }

  /**
   * Knows, for one document, what its rules ask for beyond the members of an object.
   *
   * @param details names of collections to show inline
   */
  default BiFunction<Struct, String, @Nullable Object> asking(Inner inner, List<String> details) {
    return (struct, name) -> null;
  }
}
