package io.overt.inventory;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How to reach PostgreSQL (14 to 18).
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/name}, without credentials
 * @param password asked for at every new connection, so that it can be changed in its file
 * @param poolSize connections of this node at most, one for listening not counted
 * @param timeout for connecting, and for any answer of the server
 */
public record DatabaseConfig(
    String url, String user, Supplier<String> password, int poolSize, Duration timeout) {
  public DatabaseConfig(String url, String user, Supplier<String> password) {
    this(url, user, password, 5, Duration.ofSeconds(20));
  }

  /** The same with a shorter timeout. */
  DatabaseConfig within(Duration shorter) {
    return new DatabaseConfig(url, user, password, poolSize, shorter);
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + url + ", " + user + "]";
  }
}
