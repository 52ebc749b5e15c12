package io.overt.events.notifier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of deliveries. Times are the database's own. */
final class Outbox {
  private static final String INSERT =
      """
      insert into notification_delivery (event_id, transport, recipient, target)
      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
      on conflict do nothing
      """;
  private static final String CLAIM =
      """
      insert into notification_courier (node, epoch) values (:node, :epoch)
      on conflict (single) do update set node = excluded.node, epoch = excluded.epoch
      where notification_courier.node = excluded.node
        or not (notification_courier.node = any(:alive))
      """;
  private static final String QUEUES =
      """
      select distinct transport, recipient, target from notification_delivery
      where state in ('pending', 'failed')
      """;
  private static final String OPEN =
      """
      select event_id, attempts,
        extract(epoch from next_try - now()) * 1000 as wait
      from notification_delivery
      where transport = :transport and recipient = :recipient and target = :target
        and state in ('pending', 'failed')
      order by event_id limit :limit
      """;
  private static final String OF_QUEUE =
      """
      transport = :transport and recipient = :recipient and target = :target
        and event_id = any(:events) and state in ('pending', 'failed')
      """;
  private static final String SENT =
      """
      update notification_delivery
      set state = 'sent', attempts = attempts + 1, settled = now(), last_error = ''
      where\s"""
          + OF_QUEUE;
  private static final String FAILED =
      """
      update notification_delivery
      set state = 'failed', attempts = attempts + 1, last_error = :error,
        next_try = now() + make_interval(secs => :seconds)
      where\s"""
          + OF_QUEUE;
  private static final String DEAD =
      """
      update notification_delivery
      set state = 'dead', settled = now(),
        last_error = case when last_error = '' then :error else last_error end
      where transport = :transport and recipient = :recipient and target = :target
        and state in ('pending', 'failed') and created < now() - make_interval(secs => :seconds)
      returning event_id, last_error
      """;
  private static final String LIST =
      """
      select event_id, transport, recipient, target, state, attempts, created, next_try, last_error
      from notification_delivery
      where (:state = '' or state = :state)
      order by event_id desc, transport, recipient, target limit :limit
      """;
  private static final String REPLAY =
      """
      update notification_delivery
      set state = 'pending', attempts = 0, created = now(), next_try = now(), settled = null
      where state = 'dead' and (:event = 0 or event_id = :event)
        and (:transport = '' or transport = :transport)
        and (:recipient is null or recipient = :recipient)
        and exists (select 1 from entity e where e.kind = 'event' and e.id = event_id::text)
      """;
  private static final String PRUNE =
      """
      delete from notification_delivery
      where state in ('sent', 'dead') and settled < now() - make_interval(secs => :seconds)
        and (state = 'sent' or not exists
          (select 1 from entity e where e.kind = 'event' and e.id = event_id::text))
      """;

  /**
   * A delivery that is to be made.
   *
   * @param notBefore how long it has to wait
   */
  record Open(long event, int attempts, Duration notBefore) {}

  /**
   * What was given up.
   *
   * @param first number of the first event
   * @param error why it was not delivered
   */
  record GivenUp(int count, long first, String error) {}

  private record Row(long event, String error) {}

  private final Jdbi database;

  Outbox(Jdbi database) {
    this.database = database;
  }

  /** Adds deliveries to a transaction of the inventory. */
  static void insert(Connection connection, List<Long> events, List<Queue> queues)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setArray(1, connection.createArrayOf("int8", events.toArray()));
      array(connection, statement, 2, queues.stream().map(q -> q.recipient().transport()).toList());
      array(connection, statement, 3, queues.stream().map(q -> q.recipient().name()).toList());
      array(connection, statement, 4, queues.stream().map(Queue::target).toList());
      statement.executeUpdate();
    }
  }

  private static void array(
      Connection connection, PreparedStatement statement, int at, List<String> texts)
      throws SQLException {
    statement.setArray(at, connection.createArrayOf("text", texts.toArray()));
  }

  /** Makes this node the one that delivers, unless another one that is alive does. */
  boolean claim(Peers peers) {
    Set<String> alive = new HashSet<>(peers.alive());
    return database.withHandle(
        handle ->
            handle
                    .createUpdate(CLAIM)
                    .bind("node", peers.id())
                    .bind("epoch", peers.epoch())
                    .bindArray("alive", String.class, alive.toArray())
                    .execute()
                > 0);
  }

  /** All queues with something in them. */
  List<Queue> queues() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(QUEUES)
                .map(
                    (row, context) ->
                        new Queue(
                            new Recipient(row.getString("transport"), row.getString("recipient")),
                            row.getString("target")))
                .list());
  }

  /** The first deliveries of a queue. */
  List<Open> open(Queue queue, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(OPEN)
                .bind("transport", queue.recipient().transport())
                .bind("recipient", queue.recipient().name())
                .bind("target", queue.target())
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Open(
                            row.getLong("event_id"),
                            row.getInt("attempts"),
                            Duration.ofMillis(Math.max(0, row.getLong("wait")))))
                .list());
  }

  void sent(Queue queue, List<Long> events) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(SENT)
                .bind("transport", queue.recipient().transport())
                .bind("recipient", queue.recipient().name())
                .bind("target", queue.target())
                .bindArray("events", Long.class, events.toArray())
                .execute());
  }

  /** Notes a failed attempt; the queue waits for the next one. */
  void failed(Queue queue, long event, String error, Duration pause) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(FAILED)
                .bind("transport", queue.recipient().transport())
                .bind("recipient", queue.recipient().name())
                .bind("target", queue.target())
                .bindArray("events", Long.class, event)
                .bind("error", error)
                .bind("seconds", pause.toMillis() / 1000.0)
                .execute());
  }

  /** Gives up what is in a queue for longer than that. */
  Optional<GivenUp> giveUp(Queue queue, Duration age, String error) {
    List<Row> rows =
        database.withHandle(
            handle ->
                handle
                    .createQuery(DEAD)
                    .bind("transport", queue.recipient().transport())
                    .bind("recipient", queue.recipient().name())
                    .bind("target", queue.target())
                    .bind("seconds", age.toMillis() / 1000.0)
                    .bind("error", error)
                    .map(
                        (row, context) ->
                            new Row(row.getLong("event_id"), row.getString("last_error")))
                    .list());
    return rows.stream()
        .min((one, other) -> Long.compare(one.event(), other.event()))
        .map(first -> new GivenUp(rows.size(), first.event(), first.error()));
  }

  /**
   * Deliveries, the newest event first.
   *
   * @param state empty for all
   */
  List<Delivery> list(String state, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(LIST)
                .bind("state", state)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Delivery(
                            row.getLong("event_id"),
                            new Recipient(row.getString("transport"), row.getString("recipient")),
                            row.getString("target"),
                            row.getString("state"),
                            row.getInt("attempts"),
                            row.getObject("created", OffsetDateTime.class).toInstant(),
                            row.getObject("next_try", OffsetDateTime.class).toInstant(),
                            row.getString("last_error")))
                .list());
  }

  /**
   * Makes dead deliveries pending again.
   *
   * @param event 0 for any
   * @param transport empty for any
   * @param recipient null for any
   */
  int replay(long event, String transport, @Nullable String recipient) {
    return database.withHandle(
        handle ->
            handle
                .createUpdate(REPLAY)
                .bind("event", event)
                .bind("transport", transport)
                .bindBySqlType("recipient", recipient, java.sql.Types.VARCHAR)
                .execute());
  }

  /** Forgets what was sent so long ago, and dead ones whose event is gone. */
  void prune(Duration age) {
    database.useHandle(
        handle -> handle.createUpdate(PRUNE).bind("seconds", age.toMillis() / 1000.0).execute());
  }

  /** Numbers of the events that somebody is still to hear of. */
  Set<Long> awaited() {
    return database.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        """
                        select distinct event_id from notification_delivery
                        where state in ('pending', 'failed')
                        """)
                    .mapTo(Long.class)
                    .list()));
  }
}
