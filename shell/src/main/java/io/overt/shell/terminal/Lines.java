package io.overt.shell.terminal;

import io.overt.shell.grammar.GrammarException;
import io.overt.shell.grammar.PartialLine;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the editor when a line is unfinished, and which word is to be completed. */
final class Lines implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE) {
      try {
        io.overt.shell.grammar.Parser.parse(line);
      } catch (GrammarException e) {
        if (e.isUnfinished()) {
          throw new EOFError(e.line(), 0, String.valueOf(e.getMessage()));
        }
        // What is wrong is told when it is run.
      }
    }
    String before = line.substring(0, Math.min(cursor, line.length()));
    PartialLine partial = PartialLine.of(before);
    return new Line(line, cursor, partial, before.length() - partial.start());
  }

  /**
   * A line whose last command is looked at.
   *
   * @param raw how many characters of the word to complete have been typed, with its quote
   */
  private record Line(String line, int cursor, PartialLine partial, int raw)
      implements CompletingParsedLine {
    @Override
    public String word() {
      return partial.words().getLast();
    }

    @Override
    public int wordCursor() {
      return word().length();
    }

    @Override
    public int wordIndex() {
      return partial.words().size() - 1;
    }

    @Override
    public List<String> words() {
      return partial.system() ? List.of("!", word()) : partial.words();
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      String text = candidate.toString();
      boolean plain = true;
      for (int i = 0; i < text.length(); i++) {
        plain &= " \t\"'<>|!\\#;".indexOf(text.charAt(i)) < 0;
      }
      if (plain) {
        return text;
      }
      String quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"");
      return complete ? quoted + "\"" : quoted;
    }

    @Override
    public int rawWordCursor() {
      return raw;
    }

    @Override
    public int rawWordLength() {
      return raw;
    }
  }
}
