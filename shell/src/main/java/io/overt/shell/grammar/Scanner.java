package io.overt.shell.grammar;

import java.util.ArrayList;
import java.util.List;

/** Reads words and rests of lines out of a text. */
final class Scanner {
  static final char END = '\0';

  private final String text;
  private int at;
  private int line;

  Scanner(String text, int line) {
    // An end is told by a character that no command has.
    this.text = text.replace(END, ' ');
    this.line = line;
  }

  int line() {
    return line;
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  char next() {
    char read = peek();
    if (read != END) {
      at++;
    }
    if (read == '\n') {
      line++;
    }
    return read;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  void skip(int characters) {
    for (int i = 0; i < characters; i++) {
      next();
    }
  }

  /** Skips blanks, and line ends after a backslash; the last may be the end of the text. */
  void skipBlanks() {
    while (true) {
      char read = peek();
      if (read == ' ' || read == '\t' || read == '\r') {
        next();
      } else if (read == '\\' && endsLine(1)) {
        if (peek(peek(1) == '\r' ? 2 : 1) == END) {
          throw GrammarException.unfinished(line, "the line goes on after its backslash");
        }
        next();
        skipLineEnd();
      } else {
        return;
      }
    }
  }

  private boolean endsLine(int ahead) {
    char read = peek(ahead);
    return read == '\n' || read == END || (read == '\r' && peek(ahead + 1) == '\n');
  }

  private void skipLineEnd() {
    if (peek() == '\r') {
      next();
    }
    next();
  }

  void skipComment() {
    while (peek() != '\n' && peek() != END) {
      next();
    }
  }

  /** The rest of the line, for the system's shell; a backslash at its end joins the next. */
  String rest() {
    StringBuilder rest = new StringBuilder();
    while (peek() != '\n' && peek() != END) {
      if (peek() == '\\' && endsLine(1)) {
        if (peek(1) == END) {
          throw GrammarException.unfinished(line, "the line goes on after its backslash");
        }
        next();
        skipLineEnd();
        rest.append(' ');
      } else {
        rest.append(next());
      }
    }
    return rest.toString().strip();
  }

  /** The lines until the one that equals the marker. */
  String document(String marker) {
    int start = line;
    StringBuilder document = new StringBuilder();
    while (peek() != END) {
      StringBuilder each = new StringBuilder();
      while (peek() != '\n' && peek() != END) {
        each.append(next());
      }
      next();
      if (each.toString().stripTrailing().equals(marker)) {
        return document.toString();
      }
      document.append(each).append('\n');
    }
    throw GrammarException.unfinished(
        start, "the here-document has no end: a line " + marker + " is expected");
  }

  static boolean isLetter(char read) {
    return (read >= 'a' && read <= 'z') || (read >= 'A' && read <= 'Z') || read == '_';
  }

  static boolean isLetterOrDigit(char read) {
    return isLetter(read) || (read >= '0' && read <= '9');
  }

  boolean atOption() {
    return peek() == '-' && peek(1) == '-' && isLetter(peek(2));
  }

  /** The name of the option here, without its first dashes. */
  String optionName() {
    skip(2);
    StringBuilder name = new StringBuilder();
    while (isLetterOrDigit(peek()) || peek() == '-' || (peek() == '.' && isLetter(peek(1)))) {
      name.append(next());
    }
    return name.toString();
  }

  boolean atWord() {
    return switch (peek()) {
      case ' ', '\t', '\r', '\n', '<', '>', '|', '#', ';', END -> false;
      case '\\' -> !endsLine(1);
      default -> true;
    };
  }

  /** Text, strings and variables that touch each other. */
  Word word() {
    List<Word.Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    while (atWord()) {
      char read = peek();
      if (read == '\'') {
        quoted = true;
        plain.append(raw());
      } else if (read == '"') {
        quoted = true;
        string(plain, pieces);
      } else if (read == '$' && atSubstitute()) {
        flush(plain, quoted, pieces);
        pieces.add(substitute());
      } else if (read == '\\') {
        next();
        // What has no meaning to the shell is left to the command: "\," in collections.
        if (" \t\"'<>|!\\#;$".indexOf(peek()) < 0) {
          plain.append('\\');
        } else {
          quoted = true;
        }
        plain.append(next());
      } else {
        plain.append(next());
      }
    }
    if (!plain.isEmpty() || pieces.isEmpty()) {
      pieces.add(new Word.Text(plain.toString(), quoted));
    }
    return new Word(pieces);
  }

  private static void flush(StringBuilder plain, boolean quoted, List<Word.Piece> pieces) {
    if (!plain.isEmpty()) {
      pieces.add(new Word.Text(plain.toString(), quoted));
      plain.setLength(0);
    }
  }

  private String raw() {
    int start = line;
    next();
    StringBuilder inner = new StringBuilder();
    while (peek() != '\'') {
      if (peek() == END) {
        throw GrammarException.unfinished(start, "a ' has no end");
      }
      inner.append(next());
    }
    next();
    return inner.toString();
  }

  private void string(StringBuilder plain, List<Word.Piece> pieces) {
    int start = line;
    next();
    while (peek() != '"') {
      if (peek() == END) {
        throw GrammarException.unfinished(start, "a \" has no end");
      }
      if (peek() == '\\' && (peek(1) == '"' || peek(1) == '\\' || peek(1) == '$')) {
        next();
        plain.append(next());
      } else if (peek() == '\\' && endsLine(1) && peek(1) != END) {
        next();
        skipLineEnd();
      } else if (peek() == '$' && atSubstitute()) {
        flush(plain, true, pieces);
        pieces.add(substitute());
      } else {
        plain.append(next());
      }
    }
    next();
  }

  private boolean atSubstitute() {
    char read = peek(1);
    return read == '?' || read == '(' || (read == '{' && isLetter(peek(2)));
  }

  private Word.Piece substitute() {
    int start = line;
    next();
    if (peek() == '?') {
      next();
      return new Word.Variable("?", start);
    }
    if (peek() == '(') {
      return new Word.Substitution(parenthesized(), start);
    }
    next();
    StringBuilder name = new StringBuilder();
    while (isLetterOrDigit(peek())) {
      name.append(next());
    }
    if (peek() != '}') {
      throw peek() == END
          ? GrammarException.unfinished(start, "a ${ has no end")
          : GrammarException.wrong(start, "in ${" + name + "…, } is expected after the name");
    }
    next();
    return new Word.Variable(name.toString(), start);
  }

  private String parenthesized() {
    int start = line;
    int depth = 0;
    char quote = END;
    StringBuilder inner = new StringBuilder();
    while (peek() != END) {
      char read = next();
      inner.append(read);
      if (quote != END) {
        if (read == '\\' && quote == '"' && peek() != END) {
          inner.append(next());
        } else if (read == quote) {
          quote = END;
        }
      } else if (read == '"' || read == '\'') {
        quote = read;
      } else if (read == '(') {
        depth++;
      } else if (read == ')' && --depth == 0) {
        return inner.substring(1, inner.length() - 1);
      }
    }
    throw GrammarException.unfinished(start, "a $( has no end");
  }
}
