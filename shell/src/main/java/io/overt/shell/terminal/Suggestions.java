package io.overt.shell.terminal;

import io.overt.shell.command.Completion;
import io.overt.shell.command.Session;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What the shell can complete, for the editor. */
final class Suggestions implements Completer {
  private final Completion completion;

  Suggestions(Session session) {
    this.completion = new Completion(session);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    for (io.overt.shell.command.Candidate each : completion.of(line.words())) {
      candidates.add(
          new Candidate(
              each.text(),
              each.text(),
              each.group().isEmpty() ? null : each.group(),
              null,
              null,
              null,
              each.complete()));
    }
  }
}
