package io.overt.events.notifier;

import io.overt.model.types.LogSeverity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which recipient hears of which event: entries in an order, of which the first that matches
 * decides. Who is named in no entry hears of nothing.
 */
public record Filter(List<Entry> entries) {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?<action>include|exclude):(?<event>\\w+|\\*)"
              + "(?::(?<severity>\\*|NORMAL|WARNING|ERROR|ALERT))?"
              + "(?:\\((?:(?<any>\\*)|(?<transport>\\w+):(?<name>[^)]*))\\))?(?=\\s|$|(?<=\\))) *");

  public Filter {
    entries = List.copyOf(entries);
  }

  /**
   * One entry.
   *
   * @param include whether what matches is sent
   * @param event name of a type; null for any
   * @param severity at least this for what is included, at most for what is excluded; null for any
   * @param recipient null for any
   */
  public record Entry(
      boolean include,
      @Nullable String event,
      @Nullable LogSeverity severity,
      @Nullable Recipient recipient) {

    boolean matches(Recipient asked, String name, LogSeverity rank) {
      return (event == null || event.equals(name))
          && (recipient == null || recipient.equals(asked))
          && (severity == null
              || (include ? rank(rank) >= rank(severity) : rank(rank) <= rank(severity)));
    }

    @Override
    public String toString() {
      return (include ? "include:" : "exclude:")
          + (event == null ? "*" : event)
          + (severity == null ? "" : ":" + severity.name())
          + (recipient == null ? "" : "(" + recipient + ")");
    }
  }

  /** A text that is no filter; the message says where and what was expected. */
  public static final class MalformedFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFilter(String text, int position) {
      super(
          "at character "
              + (position + 1)
              + ", '"
              + excerpt(text, position)
              + "': expected include:EVENT or exclude:EVENT, EVENT being a name or *, then"
              + " optionally :NORMAL, :WARNING, :ERROR or :ALERT, then optionally"
              + " (transport:recipient) or (*)");
    }

    private static String excerpt(String text, int position) {
      String rest = text.substring(position).strip();
      return rest.length() > 60 ? rest.substring(0, 60) + "…" : rest;
    }
  }

  /** Reads a filter; blank text is one without entries. */
  public static Filter parse(String text) {
    List<Entry> entries = new ArrayList<>();
    Matcher matcher = ENTRY.matcher(text);
    int position = 0;
    while (!text.substring(position).isBlank()) {
      matcher.region(position, text.length()).useTransparentBounds(true);
      if (!matcher.lookingAt()) {
        throw new MalformedFilter(text, position);
      }
      entries.add(entry(matcher));
      position = matcher.end();
    }
    return new Filter(entries);
  }

  private static Entry entry(Matcher matcher) {
    String event = matcher.group("event");
    String severity = matcher.group("severity");
    String transport = matcher.group("transport");
    String name = matcher.group("name");
    return new Entry(
        "include".equals(matcher.group("action")),
        "*".equals(event) ? null : event,
        severity == null || "*".equals(severity) ? null : LogSeverity.valueOf(severity),
        transport == null || name == null ? null : new Recipient(transport, name));
  }

  /** This filter with entries before its own. */
  public Filter after(List<Entry> first) {
    if (first.isEmpty()) {
      return this;
    }
    List<Entry> all = new ArrayList<>(first);
    all.addAll(entries);
    return new Filter(all);
  }

  /** Everybody whom an entry names, in that order. */
  public Set<Recipient> recipients() {
    Set<Recipient> named = new LinkedHashSet<>();
    for (Entry entry : entries) {
      Recipient recipient = entry.recipient();
      if (recipient != null) {
        named.add(recipient);
      }
    }
    return named;
  }

  /** Whether that recipient hears of an event. */
  public boolean sends(Recipient recipient, String event, LogSeverity severity) {
    for (Entry entry : entries) {
      if (entry.matches(recipient, event, severity)) {
        return entry.include();
      }
    }
    return false;
  }

  private static int rank(LogSeverity severity) {
    return switch (severity) {
      case NORMAL -> 0;
      case WARNING -> 1;
      case ERROR -> 2;
      case ALERT -> 3;
    };
  }
}
