package io.overt.sdk.schema;

/**
 * A way from a service to one below it.
 *
 * @param name as the model names it: {@code disk_attachments}
 * @param segment as addresses name it: {@code diskattachments}; {@code *} where an id stands
 * @param service the name of the service there
 */
public record LocatorType(String name, String segment, String service) {
  /** Whether an id stands in the address. */
  public boolean variable() {
    return segment.equals("*");
  }

  public ServiceType target() {
    return Schema.current().service(service);
  }
}
