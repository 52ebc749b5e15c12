package io.overt.shell.terminal;

import io.overt.shell.command.Completion;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed: commands, options, strings, comments. */
final class Colouring implements Highlighter {
  private static final AttributedStyle COMMAND =
      AttributedStyle.BOLD.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle UNKNOWN =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  private static final AttributedStyle OPTION =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle STRING =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    AttributedStringBuilder out = new AttributedStringBuilder();
    boolean first = true;
    int at = 0;
    while (at < buffer.length()) {
      char each = buffer.charAt(at);
      int end = at + 1;
      AttributedStyle style = AttributedStyle.DEFAULT;
      if (each == '"' || each == '\'') {
        end = stringEnd(buffer, at);
        style = STRING;
      } else if (each == '#') {
        end = lineEnd(buffer, at);
        style = FAINT;
      } else if (each == '|' || (first && each == '!')) {
        end = lineEnd(buffer, at);
        style = FAINT;
      } else if (isWord(each)) {
        end = wordEnd(buffer, at);
        String word = buffer.substring(at, end);
        if (first) {
          boolean complete = end < buffer.length();
          style =
              Completion.isCommand(word) ? COMMAND : complete ? UNKNOWN : AttributedStyle.DEFAULT;
        } else if (word.startsWith("-")) {
          style = OPTION;
        }
        first = false;
      }
      if (each == ';' || each == '\n') {
        first = true;
      }
      out.append(buffer.substring(at, end), style);
      at = end;
    }
    return out.toAttributedString();
  }

  private static boolean isWord(char each) {
    return " \t\r\n\"'<>|#;".indexOf(each) < 0;
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int stringEnd(String text, int from) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(from)) {
      at += text.charAt(at) == '\\' && text.charAt(from) == '"' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  @Override
  public void setErrorPattern(Pattern errorPattern) {}

  @Override
  public void setErrorIndex(int errorIndex) {}
}
