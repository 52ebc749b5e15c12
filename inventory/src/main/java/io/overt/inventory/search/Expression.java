package io.overt.inventory.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an object must satisfy to be found. Names and values are as written by the user. */
public sealed interface Expression {

  /** All of them; at least two. */
  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** One of them; at least two. */
  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /**
   * A comparison.
   *
   * @param reference the related object whose field is meant ({@code host} in {@code host.name=a})
   * @param field name of a field; without a reference also the name of a related object, then the
   *     value is free text in it
   * @param value without quotes; {@code *} stands for any run of characters
   * @param position index of the field's first character in the text
   */
  record Condition(
      @Nullable String reference, String field, Operator operator, String value, int position)
      implements Expression {}

  /**
   * Text to be found in any of the object's texts.
   *
   * @param quoted true when written in quotes
   * @param last true when nothing followed; before more text, an unquoted word may be mistaken for
   *     a field
   */
  record FreeText(String text, boolean quoted, boolean last, int position) implements Expression {}
}
