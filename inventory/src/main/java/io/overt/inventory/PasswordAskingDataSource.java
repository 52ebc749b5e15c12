package io.overt.inventory;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Connects with the password that the configuration gives at that moment. */
final class PasswordAskingDataSource implements DataSource {
  private final DatabaseConfig config;

  PasswordAskingDataSource(DatabaseConfig config) {
    this.config = config;
  }

  static Connection connect(DatabaseConfig config) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().get());
    properties.setProperty("ApplicationName", "overt");
    String seconds = Long.toString(Math.max(1, config.timeout().toSeconds()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "3");
    Connection connection = new Driver().connect(config.url(), properties);
    if (connection == null) {
      throw new SQLException(
          "the URL " + config.url() + " is not of the form jdbc:postgresql://host:port/name");
    }
    return connection;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(config);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connect(config);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(config.timeout().toSeconds());
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no java.util.logging here");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no wrapper of " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
