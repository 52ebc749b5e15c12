package io.overt.events.notifier.mail;

import io.overt.events.notifier.Notice;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the mails: in oVirt's form, as plain text or HTML, with labels in one language. */
final class Composer {
  /** Between the bodies of merged mails. */
  private static final String DIVIDER = "=".repeat(26);

  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_SUBJECT = 200;

  /** Labels and what stands behind them, in the order of oVirt. */
  private static final Map<String, String> SUBJECTS = new LinkedHashMap<>();

  static {
    SUBJECTS.put("user", "user");
    SUBJECTS.put("vm", "vm");
    SUBJECTS.put("host", "host");
    SUBJECTS.put("template", "template");
    SUBJECTS.put("data_center", "data-center");
    SUBJECTS.put("storage_domain", "storage-domain");
  }

  private final String host;
  private final boolean html;
  private final ResourceBundle labels;

  /**
   * @param host the engine's name, for subjects
   */
  Composer(String host, boolean html, Locale locale) {
    this.host = host;
    this.html = html;
    this.labels =
        ResourceBundle.getBundle(
            Composer.class.getPackageName() + ".labels",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** A mail about an event. */
  Letter one(Notice notice) {
    String subject = subject(notice);
    return new Letter(subject, html ? page(subject, fieldsAsHtml(notice)) : fields(notice));
  }

  private String subject(Notice notice) {
    return "%s (%s), [%s]".formatted(notice.status(), host, notice.message());
  }

  /** One mail about several events of a type. */
  Letter merged(List<Notice> notices) {
    if (notices.size() == 1) {
      return one(notices.getFirst());
    }
    String subject = joined(notices.stream().map(this::subject).toList());
    String body =
        html
            ? page(
                subject,
                notices.stream()
                    .map(this::fieldsAsHtml)
                    .collect(Collectors.joining("<p>" + DIVIDER + "</p>\n")))
            : notices.stream().map(this::fields).collect(Collectors.joining(DIVIDER + "\n"));
    return new Letter(subject, body);
  }

  /** What all begin with, what they differ in, what all end with. */
  static String joined(List<String> texts) {
    String first = texts.getFirst();
    int shortest = texts.stream().mapToInt(String::length).min().orElse(0);
    int head = 0;
    while (head < shortest && agree(texts, head, false)) {
      head++;
    }
    int tail = 0;
    while (tail < shortest - head && agree(texts, tail, true)) {
      tail++;
    }
    int from = head;
    int behind = tail;
    String middle =
        texts.stream()
            .map(text -> text.substring(from, text.length() - behind))
            .collect(Collectors.joining(", "));
    return first.substring(0, head) + middle + first.substring(first.length() - tail);
  }

  private static boolean agree(List<String> texts, int at, boolean fromEnd) {
    String first = texts.getFirst();
    char wanted = first.charAt(fromEnd ? first.length() - 1 - at : at);
    return texts.stream()
        .allMatch(text -> text.charAt(fromEnd ? text.length() - 1 - at : at) == wanted);
  }

  /** One mail about many events of all kinds: how many of each, then a line an event. */
  Letter digest(List<Notice> notices) {
    Map<String, Integer> counts = new TreeMap<>();
    notices.forEach(
        notice -> counts.merge(notice.severity().name() + " " + notice.name(), 1, Integer::sum));
    String subject =
        "alertMessage (%s), [%d %s]".formatted(host, notices.size(), labels.getString("events"));
    StringBuilder text = new StringBuilder();
    counts.forEach((kind, count) -> text.append(count).append(" x ").append(kind).append('\n'));
    text.append(DIVIDER).append('\n');
    for (Notice notice : notices) {
      String line =
          "%s %s %s"
              .formatted(time(notice), notice.severity(), notice.message().replace('\n', ' '));
      text.append(line, 0, Math.min(line.length(), LONGEST_LINE)).append('\n');
    }
    String body = text.toString();
    return new Letter(subject, html ? page(subject, "<pre>" + escaped(body) + "</pre>") : body);
  }

  private static String time(Notice notice) {
    return Timestamp.from(notice.time().truncatedTo(ChronoUnit.MILLIS)).toString();
  }

  private String fields(Notice notice) {
    StringBuilder text = new StringBuilder();
    // No blank behind these three: so programs that read oVirt's mails know them.
    text.append(labels.getString("time")).append(':').append(time(notice)).append('\n');
    text.append(labels.getString("message")).append(':').append(notice.message()).append('\n');
    text.append(labels.getString("severity")).append(':').append(notice.severity().name());
    text.append('\n');
    SUBJECTS.forEach(
        (member, label) -> {
          String name = notice.nameOf(member);
          if (!name.isEmpty()) {
            text.append(labels.getString(label)).append(": ").append(name).append('\n');
          }
        });
    return text.toString();
  }

  private String fieldsAsHtml(Notice notice) {
    StringBuilder text = new StringBuilder();
    text.append(bold("time")).append(time(notice)).append("<br>\n");
    text.append(bold("message")).append(escaped(notice.message())).append("<br>\n");
    text.append(bold("severity")).append(notice.severity().name()).append("<p>\n");
    SUBJECTS.forEach(
        (member, label) -> {
          String name = notice.nameOf(member);
          if (!name.isEmpty()) {
            text.append(bold(label)).append(escaped(name)).append("<br>\n");
          }
        });
    return text.toString();
  }

  private String bold(String label) {
    return "<b>" + escaped(labels.getString(label)) + ":</b> ";
  }

  private static String page(String title, String body) {
    return "<html><head><title>"
        + escaped(title)
        + "</title></head><body>\n"
        + body
        + "</body></html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A subject is one line, and not an endless one. */
  static String subjectLine(Letter letter) {
    String line = letter.subject().replaceAll("[\\r\\n\\t]+", " ");
    return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) + "…" : line;
  }
}
