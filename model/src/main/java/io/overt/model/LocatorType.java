package io.overt.model;

/**
 * A step from one service to another.
 *
 * @param segment URL segment and link relation, or {@code *} for an id
 * @param service name of the service it leads to
 */
public record LocatorType(String segment, String service) {
  public boolean variable() {
    return segment.equals("*");
  }

  public ServiceType target() {
    return Schema.current().service(service);
  }
}
