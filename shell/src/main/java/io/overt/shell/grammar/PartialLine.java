package io.overt.shell.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * The command at the end of what has been typed so far, however unfinished.
 *
 * @param words its words without quotes, the last of which may be empty and may go on
 * @param start where the last word begins in the text, with its quote
 * @param system whether a command of the system's shell is typed there
 */
public record PartialLine(List<String> words, int start, boolean system) {
  public PartialLine {
    words = List.copyOf(words);
  }

  /** Looks at a text that ends where the cursor is. */
  public static PartialLine of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int start = 0;
    boolean inWord = false;
    boolean system = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (quote != 0) {
        if (each == '\\' && quote == '"' && i + 1 < text.length()) {
          word.append(text.charAt(++i));
        } else if (each == quote) {
          quote = 0;
        } else {
          word.append(each);
        }
        continue;
      }
      if (!inWord && !isEnd(each)) {
        start = i;
        inWord = true;
        system |= words.isEmpty() && each == '!';
      }
      switch (each) {
        case '"', '\'' -> quote = each;
        case ' ', '\t', '\r' -> {
          if (inWord) {
            words.add(word.toString());
          }
          word.setLength(0);
          inWord = false;
        }
        case ';', '\n' -> {
          words.clear();
          word.setLength(0);
          inWord = false;
          system = false;
        }
        case '|' -> {
          words.clear();
          word.setLength(0);
          inWord = false;
          system = true;
        }
        default -> word.append(each);
      }
    }
    words.add(word.toString());
    return new PartialLine(words, inWord ? start : text.length(), system);
  }

  private static boolean isEnd(char each) {
    return each == ' '
        || each == '\t'
        || each == '\r'
        || each == ';'
        || each == '\n'
        || each == '|';
  }
}
