package io.overt.rest;

import io.overt.rest.http.Endpoint;
import java.util.List;

/**
 * An endpoint and the path below which it answers.
 *
 * @param segments of the path
 * @param exact whether only this path itself is meant, not what is below it
 */
public record Mount(List<String> segments, boolean exact, Endpoint endpoint) {

  /** Answers the path and all below it: {@code /ovirt-engine/webadmin}. */
  public static Mount below(String path, Endpoint endpoint) {
    return new Mount(split(path), false, endpoint);
  }

  /** Answers the path alone. */
  public static Mount at(String path, Endpoint endpoint) {
    return new Mount(split(path), true, endpoint);
  }

  private static List<String> split(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/"));
  }
}
