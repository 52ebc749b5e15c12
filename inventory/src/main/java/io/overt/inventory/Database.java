package io.overt.inventory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** Connections to PostgreSQL, shared by all modules of a node. */
public final class Database implements AutoCloseable {
  private static final String HISTORY_EXISTS =
      """
      select to_regclass(?) is not null
      """;

  /** Any number, the same on all nodes; ends with the connection. */
  private static final String TRY_LOCK =
      """
      select pg_try_advisory_lock(7305805210421)
      """;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final DatabaseConfig config;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(DatabaseConfig config, HikariDataSource pool) {
    this.config = config;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /** Opens lazily: the first use connects. */
  public static Database open(DatabaseConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("inventory");
    hikari.setDataSource(new PasswordAskingDataSource(config));
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(1);
    hikari.setConnectionTimeout(Math.max(250, config.timeout().toMillis()));
    hikari.setInitializationFailTimeout(-1);
    return new Database(config, new HikariDataSource(hikari));
  }

  /** A pool; connections must be given back soon. */
  public DataSource dataSource() {
    return pool;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** Creates or upgrades the tables of a module. */
  public void migrate(MigrationSet migrations) {
    String history = "schema_history_" + migrations.name();
    if (installed(history, migrations.latest())) {
      return;
    }
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration/" + migrations.name())
        .table(history)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private boolean installed(String history, String version) {
    try (Connection connection = pool.getConnection()) {
      try (PreparedStatement exists = connection.prepareStatement(HISTORY_EXISTS)) {
        exists.setString(1, history);
        try (ResultSet rows = exists.executeQuery()) {
          if (!rows.next() || !rows.getBoolean(1)) {
            return false;
          }
        }
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select 1 from " + history + " where version = ? and success")) {
        statement.setString(1, version);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next();
        }
      }
    } catch (SQLException e) {
      throw SqlFailure.unavailable("looking at " + history, e);
    }
  }

  /**
   * Lets one node at a time do what must not be done twice, like setting up a new database; the
   * others wait here until that node closes what it got, or is gone.
   *
   * @throws InventoryUnavailable when the database does not answer, or the wait takes too long
   */
  public AutoCloseable exclusive(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      Connection connection = connectAlone();
      while (!locked(connection)) {
        if (System.nanoTime() - end > 0) {
          connection.close();
          throw new InventoryUnavailable(
              "another engine has been setting up the database for more than " + patience, false);
        }
        Thread.sleep(PAUSE);
      }
      return connection;
    } catch (SQLException e) {
      throw SqlFailure.unavailable("waiting for other engines", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InventoryUnavailable("interrupted while waiting for other engines", false, e);
    }
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TRY_LOCK)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** Whether a server answers within a few seconds. */
  public boolean answers() {
    try (Connection connection =
        PasswordAskingDataSource.connect(config.within(Duration.ofSeconds(3)))) {
      return connection.isValid(3);
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /** A connection outside of the pool, for listening. */
  Connection connectAlone() throws SQLException {
    return PasswordAskingDataSource.connect(config);
  }

  @Override
  public void close() {
    pool.close();
  }
}
