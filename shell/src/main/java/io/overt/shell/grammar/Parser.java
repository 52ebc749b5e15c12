package io.overt.shell.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ovirt-shell's grammar: commands with options, redirections, a pipe and a here-document; {@code
 * !}, comments, {@code ;} and lines that go on after a backslash. Beyond it: variables, {@code
 * $(commands)} and {@code foreach}.
 */
public final class Parser {
  private static final String LOOP = "foreach";

  private final Scanner scanner;
  private final boolean goesOn;

  private Parser(String text, int line, boolean goesOn) {
    this.scanner = new Scanner(text, line);
    this.goesOn = goesOn;
  }

  /**
   * All statements of a text.
   *
   * @throws GrammarException where it is wrong, or unfinished
   */
  public static List<Statement> parse(String text) {
    return parse(text, 1);
  }

  /** The same for a text that begins at some line of a file. */
  public static List<Statement> parse(String text, int line) {
    return new Parser(text, line, false).statements(null);
  }

  /** All statements, with {@link Statement.Broken} for lines that are none. */
  public static List<Statement> parseTolerantly(String text) {
    return new Parser(text, 1, true).statements(null);
  }

  /** Statements until the end of the text, or of the loop that began at a line. */
  private List<Statement> statements(@Nullable Integer loop) {
    List<Statement> found = new ArrayList<>();
    while (true) {
      skipEmpty();
      int line = scanner.line();
      if (scanner.peek() == Scanner.END) {
        if (loop != null) {
          throw GrammarException.unfinished(loop, "foreach has no end: a line end is expected");
        }
        return found;
      }
      try {
        Statement statement = statement();
        if (statement == null) {
          if (loop != null) {
            return found;
          }
          throw GrammarException.wrong(line, "there is no foreach that end could end");
        }
        found.add(statement);
      } catch (GrammarException e) {
        if (!goesOn || e.isUnfinished()) {
          throw e;
        }
        scanner.skipComment();
        found.add(new Statement.Broken(line, e));
      }
    }
  }

  private void skipEmpty() {
    while (true) {
      scanner.skipBlanks();
      char read = scanner.peek();
      if (read == '#') {
        scanner.skipComment();
      } else if (read == '\n' || read == ';') {
        scanner.next();
      } else {
        return;
      }
    }
  }

  /** One statement, or null for the end of a loop. */
  private @Nullable Statement statement() {
    int line = scanner.line();
    if (scanner.peek() == '!') {
      scanner.next();
      return new Statement.SystemCommand(line, scanner.rest());
    }
    if (!scanner.atWord() || scanner.atOption()) {
      throw GrammarException.wrong(
          line, "a command is expected, not '" + shown(scanner.peek()) + "'");
    }
    int equals = assignment();
    if (equals > 0) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < equals; i++) {
        name.append(scanner.next());
      }
      scanner.next();
      Word value = scanner.word();
      endOfCommand(line);
      return new Statement.Assignment(line, name.toString(), value);
    }
    Word name = scanner.word();
    String bare = name.bare();
    if (bare != null) {
      switch (bare) {
        case "shell" -> {
          return new Statement.SystemCommand(line, scanner.rest());
        }
        case LOOP -> {
          return loop(line);
        }
        case "end", "done" -> {
          endOfCommand(line);
          return null;
        }
        default -> {
          // A command, below.
        }
      }
    }
    return command(line, name);
  }

  /** The length of the name before an equals sign, or 0. */
  private int assignment() {
    int length = 0;
    while (Scanner.isLetterOrDigit(scanner.peek(length))) {
      length++;
    }
    return scanner.peek(length) == '=' && Scanner.isLetter(scanner.peek()) ? length : 0;
  }

  private Statement loop(int line) {
    scanner.skipBlanks();
    String name = scanner.atWord() ? scanner.word().bare() : null;
    if (name == null || !isName(name)) {
      throw GrammarException.wrong(line, "foreach expects the name of a variable: foreach x in …");
    }
    scanner.skipBlanks();
    if (!scanner.atWord() || !"in".equals(scanner.word().bare())) {
      throw GrammarException.wrong(line, "foreach expects 'in' after " + name);
    }
    List<Word> words = new ArrayList<>();
    scanner.skipBlanks();
    while (scanner.atWord()) {
      Word word = scanner.word();
      if (!"do".equals(word.bare())) {
        words.add(word);
      }
      scanner.skipBlanks();
    }
    endOfCommand(line);
    skipEmpty();
    if (scanner.startsWith("do\n") || scanner.startsWith("do ")) {
      scanner.skip(2);
    }
    return new Statement.Foreach(line, name, words, statements(line));
  }

  private static boolean isName(String text) {
    boolean name = !text.isEmpty() && Scanner.isLetter(text.charAt(0));
    for (int i = 0; i < text.length(); i++) {
      name &= Scanner.isLetterOrDigit(text.charAt(i));
    }
    return name;
  }

  private Statement.Command command(int line, Word name) {
    List<Argument> arguments = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    String marker = null;
    String pipe = null;
    while (pipe == null) {
      scanner.skipBlanks();
      if (scanner.atOption()) {
        arguments.add(option());
      } else if (scanner.startsWith("<<")) {
        scanner.skip(2);
        marker = file(line).expand(NOTHING);
      } else if (scanner.peek() == '<') {
        scanner.next();
        redirections.add(new Redirection(Redirection.Kind.INPUT, file(line)));
      } else if (scanner.startsWith(">>")) {
        scanner.skip(2);
        redirections.add(new Redirection(Redirection.Kind.APPEND, file(line)));
      } else if (scanner.peek() == '>') {
        scanner.next();
        redirections.add(new Redirection(Redirection.Kind.OUTPUT, file(line)));
      } else if (scanner.peek() == '|') {
        scanner.next();
        pipe = scanner.rest();
        if (pipe.isEmpty()) {
          throw GrammarException.wrong(line, "| expects a command of the system's shell");
        }
      } else if (scanner.atWord()) {
        arguments.add(new Argument.Value(scanner.word()));
      } else {
        break;
      }
    }
    if (pipe != null && marker == null) {
      marker = markerOf(pipe);
      pipe = marker == null ? pipe : pipe.substring(0, pipe.lastIndexOf("<<")).strip();
    }
    endOfCommand(line);
    String document = marker == null ? null : scanner.document(marker);
    return new Statement.Command(line, name, arguments, redirections, pipe, document);
  }

  /** The marker of a here-document at the end of a pipe, where the grammar puts it. */
  private static @Nullable String markerOf(String pipe) {
    int at = pipe.lastIndexOf("<<");
    String marker = at < 0 ? "" : pipe.substring(at + 2).strip();
    boolean plain = !marker.isEmpty();
    for (int i = 0; i < marker.length(); i++) {
      plain &= Scanner.isLetterOrDigit(marker.charAt(i)) || marker.charAt(i) == '-';
    }
    return plain ? marker : null;
  }

  private Argument option() {
    String name = scanner.optionName();
    if (scanner.peek() == '=') {
      scanner.next();
      return new Argument.Option(name, scanner.word());
    }
    if (scanner.peek() == ' ' && scanner.peek(1) == '=' && scanner.peek(2) == ' ') {
      scanner.skip(2);
      scanner.skipBlanks();
      return new Argument.Option(name, scanner.word());
    }
    return new Argument.Option(name, null);
  }

  private Word file(int line) {
    scanner.skipBlanks();
    if (!scanner.atWord()) {
      throw GrammarException.wrong(line, "the name of a file or marker is expected after < and >");
    }
    return scanner.word();
  }

  /** {@code ;}, a line end, a comment or the end of the text. */
  private void endOfCommand(int line) {
    scanner.skipBlanks();
    if (scanner.peek() == '#') {
      scanner.skipComment();
    }
    switch (scanner.peek()) {
      case ';' -> {
        scanner.next();
        scanner.skipBlanks();
        if (scanner.peek() == '\n') {
          scanner.next();
        }
      }
      case '\n' -> scanner.next();
      case Scanner.END -> {}
      default ->
          throw GrammarException.wrong(
              line, "unexpected '" + shown(scanner.peek()) + "': it would have to be in quotes");
    }
  }

  private static String shown(char read) {
    return read == Scanner.END ? "end of text" : Character.toString(read);
  }

  private static final Word.Scope NOTHING =
      new Word.Scope() {
        @Override
        public String variable(Word.Variable variable) {
          throw GrammarException.wrong(
              variable.line(), "the marker of a here-document is a plain word");
        }

        @Override
        public String output(Word.Substitution substitution) {
          throw GrammarException.wrong(
              substitution.line(), "the marker of a here-document is a plain word");
        }
      };
}
