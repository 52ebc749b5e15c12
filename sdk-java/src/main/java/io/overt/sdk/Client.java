package io.overt.sdk;

import io.overt.sdk.services.SystemService;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A client of an engine: what can be asked of it begins with what this class inherits.
 *
 * <p>Threads may share it; its calls wait, which suits virtual threads. Nothing is sent before the
 * first call, which logs in; {@link #close()} logs out.
 */
public final class Client extends SystemService implements AutoCloseable {
  private final Connection connection;

  private Client(Connection connection) {
    super(connection, "");
    this.connection = connection;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The typed places of a connection, which the client closes. */
  public static Client of(Connection connection) {
    return new Client(connection);
  }

  /** The same engine for what is known at run time only. */
  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    connection.close();
  }

  /** What a client needs to know. */
  public static final class Builder {
    private final Connection.Builder connection = Connection.builder();

    private Builder() {}

    /** Such as {@code https://engine.example.org/ovirt-engine/api}. */
    public Builder url(String address) {
      connection.url(address);
      return this;
    }

    /** Logs in with the first call, such as {@code admin@internal}. */
    public Builder login(String user, String password) {
      connection.login(user, password);
      return this;
    }

    /** Instead of a login. */
    public Builder token(String token) {
      connection.token(token);
      return this;
    }

    /** Trusts whom the authorities in this PEM file vouch for, and nobody else. */
    public Builder ca(Path pem) {
      connection.ca(pem);
      return this;
    }

    /** Trusts by rules of the program's own, which may show a client's certificate too. */
    public Builder ssl(SSLContext context) {
      connection.ssl(context);
      return this;
    }

    /** Trusts whoever answers: somebody in between reads and changes everything unnoticed. */
    public Builder insecure() {
      connection.insecure();
      return this;
    }

    /** How long to wait for each answer; a minute, if not set. */
    public Builder timeout(Duration patience) {
      connection.timeout(patience);
      return this;
    }

    /** Whether lists hold only what the user has permissions for; administrators may choose. */
    public Builder filter(boolean filtered) {
      connection.filter(filtered);
      return this;
    }

    /** Whether objects come with what is left out otherwise for its cost. */
    public Builder allContent(boolean all) {
      connection.allContent(all);
      return this;
    }

    /** Whether answers may come compressed, as they do if not set. */
    public Builder compression(boolean compressed) {
      connection.compression(compressed);
      return this;
    }

    /** A header of every call. */
    public Builder header(String name, String value) {
      connection.header(name, value);
      return this;
    }

    public Builder retries(RetryPolicy policy) {
      connection.retries(policy);
      return this;
    }

    public Client build() {
      return new Client(connection.build());
    }
  }
}
