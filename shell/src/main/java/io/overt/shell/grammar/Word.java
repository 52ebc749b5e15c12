package io.overt.shell.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One word of a command: text, and what is put into it when the command runs. */
public record Word(List<Piece> pieces) {
  /** A part of a word. */
  public sealed interface Piece {}

  /**
   * What stands there.
   *
   * @param quoted whether it stood in quotes
   */
  public record Text(String text, boolean quoted) implements Piece {}

  /** {@code ${name}}, or {@code $?} as the name {@code ?}. */
  public record Variable(String name, int line) implements Piece {}

  /** {@code $(commands)}: their output. */
  public record Substitution(String source, int line) implements Piece {}

  /** Where the values of variables and the output of commands come from. */
  public interface Scope {
    String variable(Variable variable);

    String output(Substitution substitution);
  }

  public Word {
    pieces = List.copyOf(pieces);
  }

  public static Word of(String text) {
    return new Word(List.of(new Text(text, true)));
  }

  public String expand(Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Text(String plain, boolean _) -> text.append(plain);
        case Variable variable -> text.append(scope.variable(variable));
        case Substitution substitution -> text.append(scope.output(substitution));
      }
    }
    return text.toString();
  }

  /** The text when nothing of it was quoted or is put in later: only such words are keywords. */
  @Nullable String bare() {
    return pieces.size() == 1
            && pieces.getFirst() instanceof Text(String text, boolean quoted)
            && !quoted
        ? text
        : null;
  }

  /** Whether the whole word is the output of commands, which then is as many words as lines. */
  public boolean isSubstitution() {
    return pieces.size() == 1 && pieces.getFirst() instanceof Substitution;
  }
}
