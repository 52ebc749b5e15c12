package io.overt.shell.objects;

import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.ServiceType;
import io.overt.sdk.schema.StructType;

/**
 * An address of the API and the service there.
 *
 * @param path below the API's own address, without a first slash
 * @param byDisk whether what the user calls disks are attachments of disks here
 */
public record Place(String path, ServiceType service, boolean byDisk) {
  /** The type of the objects here. */
  public StructType type() {
    return service
        .type()
        .orElseThrow(() -> new IllegalStateException(service.name() + " has no objects"));
  }

  /** The place of an object of this collection. */
  public Place item(String id) {
    LocatorType item =
        service
            .item()
            .orElseThrow(
                () -> new IllegalStateException(service.name() + " has no objects of its own"));
    return new Place(path + "/" + segment(id), item.target(), byDisk);
  }

  /** A part of a path: RFC 3986, section 3.3. */
  static String segment(String text) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      boolean plain =
          (each >= 'a' && each <= 'z')
              || (each >= 'A' && each <= 'Z')
              || (each >= '0' && each <= '9')
              || each == '-'
              || each == '.'
              || each == '_'
              || each == '~'
              || each == ':';
      if (plain) {
        out.append((char) each);
      } else {
        out.append('%').append(Character.forDigit((each >> 4) & 15, 16));
        out.append(Character.forDigit(each & 15, 16));
      }
    }
    return out.toString();
  }
}
