package io.overt.model;

import org.jspecify.annotations.Nullable;

/** One decoded request, as the doors hand it to a feature. */
public interface Call {
  /** What is called. */
  OperationType operation();

  /** The decoded body: an action, the object to add or update; null when there is none. */
  @Nullable Struct body();

  /**
   * An input of the operation by its model name: for actions a member of the body, for the object
   * to add or update the body itself, else a query, matrix or header parameter.
   */
  <T> @Nullable T input(String parameter, Class<T> type);

  /** Who calls, from where, under which correlation id: attached by the door. */
  <T> T context(Class<T> type);

  /** Ids on the way to the service, by the name of the service's locator target: {@code vm}. */
  @Nullable String pathId(String service);

  /** A raw query, matrix or header parameter that the model does not declare. */
  @Nullable String parameter(String name);

  /**
   * Whether a search that cannot be read is refused with a 400. oVirt's API answers it with nothing
   * found (engine 4.5), Overt's own does not.
   */
  default boolean refusesUnreadableSearch() {
    return false;
  }
}
