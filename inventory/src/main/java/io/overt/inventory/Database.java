package io.overt.inventory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** Connections to PostgreSQL, shared by all modules of a node. */
public final class Database implements AutoCloseable {
  private static final String HISTORY_EXISTS =
      """
      select to_regclass(?) is not null
      """;

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

  /** A connection outside of the pool, for listening. */
  Connection connectAlone() throws SQLException {
    return PasswordAskingDataSource.connect(config);
  }

  @Override
  public void close() {
    pool.close();
  }
}
