package io.overt.model;

import org.jspecify.annotations.Nullable;

/** A service of the model, implemented by a feature; what is not overridden answers 501. */
public interface Service {
  ServiceType type();

  /**
   * Calls an operation by its model name.
   *
   * @return a {@link Struct} for get, a list of them for list, an {@link Outcome} otherwise
   * @throws NotImplemented when the feature does not override the operation
   */
  Object invoke(String operation, Call call);

  /** The service behind a URL segment: a static locator's, or the entity's with that id. */
  @Nullable Service locate(String segment);
}
