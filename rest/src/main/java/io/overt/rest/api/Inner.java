package io.overt.rest.api;

import io.overt.model.Outcome;
import io.overt.model.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests within a request, of the same caller, to paths of the model below the API's root. */
public interface Inner {
  /**
   * What a GET answers.
   *
   * @throws io.overt.model.ApiFault when it is refused
   */
  Object get(String path);

  /** The object there, or null when it is gone or may not be seen. */
  @Nullable Struct find(String path);

  /** The objects of a collection; none when it may not be seen. */
  List<? extends Struct> list(String path);

  /**
   * The objects of a collection.
   *
   * @param parameters of the list operation
   * @throws io.overt.model.ApiFault when it is refused, or its search cannot be read
   */
  List<? extends Struct> list(String path, Map<String, String> parameters);

  /**
   * Calls an operation that changes something.
   *
   * @param parameters beside the body
   * @throws io.overt.model.ApiFault when it is refused
   */
  Outcome<?> call(
      String method, String path, @Nullable Struct body, Map<String, String> parameters);
}
