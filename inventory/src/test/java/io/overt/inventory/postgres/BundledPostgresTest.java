package io.overt.inventory.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.DatabaseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class BundledPostgresTest {
  @TempDir Path directory;

  private static String query(DatabaseConfig config, String sql) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().get());
    try (Connection connection = new Driver().connect(config.url(), properties);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void keepsItsDataSecretAndPortAndComesBackAfterEveryEnd() throws Exception {
    long killed;
    String url;
    try (BundledPostgres postgres = BundledPostgres.start(directory)) {
      url = postgres.config().url();
      assertThat(query(postgres.config(), "select version()")).contains("PostgreSQL 18");
      query(postgres.config(), "create table t (x int)");
      assertThat(query(postgres.config(), "show listen_addresses")).isEqualTo("127.0.0.1");
      Path password = directory.resolve("password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(Path.of("/proc/" + postgres.pid() + "/cmdline")))
          .doesNotContain(Files.readString(password));
      assertThat(postgres.config().toString()).doesNotContain(Files.readString(password));

      killed = postgres.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      for (int turn = 0; turn < 1_000 && postgres.pid() == killed; turn++) {
        Thread.sleep(10);
      }
      assertThat(postgres.pid()).isNotEqualTo(killed);
      assertThat(postgres.config().url()).isEqualTo(url);
      assertThat(query(postgres.config(), "select count(*) from t")).isEqualTo("0");

      try (BundledPostgres taker = BundledPostgres.start(directory)) {
        assertThat(taker.pid()).isEqualTo(postgres.pid());
        assertThat(query(taker.config(), "select count(*) from t")).isEqualTo("0");
      }
    }
  }

  @Test
  void startsOverAStaleFileWhoseProcessIsSomebodyElse() throws Exception {
    BundledPostgres.start(directory).close();
    Files.writeString(
        directory.resolve("data/postmaster.pid"),
        ProcessHandle.current().pid()
            + "\n"
            + directory.resolve("data")
            + "\n1\n5432\n\n127.0.0.1\n\nready\n");
    try (BundledPostgres postgres = BundledPostgres.start(directory)) {
      assertThat(query(postgres.config(), "select 1")).isEqualTo("1");
    }
  }
}
