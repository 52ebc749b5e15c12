package io.overt.inventory;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reads what PostgreSQL says when it refuses. */
final class SqlFailure {
  private static final Pattern KEY = Pattern.compile("\\)=\\((.*?)\\) ");

  private SqlFailure() {}

  /** True when the server is gone or going, so that the same may work later. */
  static boolean connectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientConnectionException
        || (state != null
            && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")));
  }

  static InventoryUnavailable unavailable(String doing, SQLException failure) {
    return new InventoryUnavailable(
        "the database does not answer while " + doing + ": " + failure.getMessage(),
        false,
        failure);
  }

  /** The guard that the constraint stands for; null when it is none. */
  static @Nullable InventoryException guard(SQLException failure) {
    if (!(failure instanceof PSQLException postgres) || postgres.getServerErrorMessage() == null) {
      return null;
    }
    ServerErrorMessage message = postgres.getServerErrorMessage();
    String constraint = String.valueOf(message.getConstraint());
    String[] key = keyOf(String.valueOf(message.getDetail()));
    return switch (constraint) {
      case "entity_pkey" -> new DuplicateName(part(key, 0), "id", part(key, 1));
      case "unique_name_pkey" -> new DuplicateName(part(key, 0), part(key, 1), part(key, 2));
      case "entity_owner", "entity_reference_target" -> {
        Key target = new Key(part(key, 0), part(key, 1));
        yield String.valueOf(message.getDetail()).contains("still referenced")
            ? new StillReferenced(target, new Key("unknown", "unknown"))
            : new MissingReference(
                new Key("unknown", "unknown"),
                constraint.equals("entity_owner") ? "owner" : "reference",
                target);
      }
      default -> null;
    };
  }

  private static String[] keyOf(String detail) {
    Matcher matcher = KEY.matcher(detail);
    return matcher.find() ? matcher.group(1).split(", ", -1) : new String[0];
  }

  private static String part(String[] key, int index) {
    return index < key.length ? key[index] : "unknown";
  }
}
