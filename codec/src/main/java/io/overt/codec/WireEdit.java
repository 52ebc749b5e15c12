package io.overt.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One edit of a rule: how a part of a document is called and where its value comes from. The syntax
 * is described where the rules are, in {@code version-3.rules}.
 *
 * @param form what the part is
 * @param name of the element, attribute or relation
 * @param item name of the entries, for a list that gives them another one
 * @param itemAttribute attribute that holds a plain entry of a list without an element of its own
 * @param source where the value comes from
 * @param inside of an element around others
 * @param synonym whether the source is written at its own place as well
 * @param upper whether an enumerated value is in upper case
 */
record WireEdit(
    Form form,
    String name,
    @Nullable String item,
    @Nullable String itemAttribute,
    String source,
    List<WireEdit> inside,
    boolean synonym,
    boolean upper) {

  enum Form {
    DROPPED,
    EXTRA,
    ELEMENT,
    /** Entries of a list without an element around them. */
    ENTRIES,
    ATTRIBUTE,
    TEXT,
    LINK,
    GROUP,
    /** A group that is skipped when read. */
    WRITTEN_GROUP
  }

  static WireEdit parse(String text) {
    Parser parser = new Parser(text);
    WireEdit edit = parser.edit();
    if (!parser.atEnd()) {
      throw parser.wrong("the end");
    }
    return edit;
  }

  /** The first step of where the value comes from; null when it is no member. */
  @Nullable String anchor() {
    if (!inside.isEmpty()) {
      return inside.getFirst().anchor();
    }
    if (source.startsWith("?") || source.startsWith("!")) {
      return null;
    }
    int dot = source.indexOf('.');
    return dot < 0 ? source : source.substring(0, dot);
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return at == text.length();
    }

    IllegalStateException wrong(String expected) {
      return new IllegalStateException(
          "the rule '" + text + "' is wrong at character " + at + ", expected " + expected);
    }

    private boolean skip(char expected) {
      boolean found = at < text.length() && text.charAt(at) == expected;
      if (found) {
        at++;
      }
      return found;
    }

    private String word(String also) {
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || also.indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      if (start == at) {
        throw wrong("a name");
      }
      return text.substring(start, at);
    }

    WireEdit edit() {
      if (skip('-')) {
        return simple(Form.DROPPED, word("_"));
      }
      if (skip('?')) {
        return simple(Form.EXTRA, word("_"));
      }
      boolean synonym = skip('+');
      if (skip('&')) {
        return finish(Form.LINK, word("_/"), null, null, synonym);
      }
      if (skip('#')) {
        return finish(Form.TEXT, "value", null, null, synonym);
      }
      if (skip('@')) {
        return finish(Form.ATTRIBUTE, word("_"), null, null, synonym);
      }
      String name = word("_");
      if (skip('*')) {
        String attribute = skip('@') ? word("_") : null;
        return finish(Form.ENTRIES, name, null, attribute, synonym);
      }
      if (skip('!')) {
        return group(Form.WRITTEN_GROUP, name, synonym);
      }
      if (at < text.length() && text.charAt(at) == '{') {
        return group(Form.GROUP, name, synonym);
      }
      String item = null;
      if (skip('(')) {
        item = word("_");
        skip(')');
      }
      return finish(Form.ELEMENT, name, item, null, synonym);
    }

    private static WireEdit simple(Form form, String name) {
      return new WireEdit(form, name, null, null, name, List.of(), false, false);
    }

    private WireEdit finish(
        Form form,
        String name,
        @Nullable String item,
        @Nullable String itemAttribute,
        boolean synonym) {
      String source = skip('=') ? word("_.!?") : name;
      boolean upper = skip('^');
      return new WireEdit(form, name, item, itemAttribute, source, List.of(), synonym, upper);
    }

    private WireEdit group(Form form, String name, boolean synonym) {
      if (!skip('{')) {
        throw wrong("{");
      }
      List<WireEdit> inside = new ArrayList<>();
      do {
        inside.add(edit());
      } while (skip(','));
      if (!skip('}')) {
        throw wrong("}");
      }
      return new WireEdit(form, name, null, null, "", List.copyOf(inside), synonym, false);
    }
  }
}
