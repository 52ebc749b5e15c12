package io.overt.inventory.search;

import io.overt.inventory.search.Expression.And;
import io.overt.inventory.search.Expression.Condition;
import io.overt.inventory.search.Expression.FreeText;
import io.overt.inventory.search.Expression.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recursive descent over the text; what a run of characters means depends on where it stands. */
final class SearchParser {
  private static final String AND = "and";
  private static final String OR = "or";
  private static final String SORT = "sortby";
  private static final String PAGE = "page";

  private final SearchScanner scanner;

  SearchParser(String text) {
    this.scanner = new SearchScanner(text);
  }

  SearchQuery parse() {
    scanner.refuseForbidden();
    Expression filter = filter();
    SearchQuery.Sort sort = scanner.accept(SORT) ? sort() : null;
    Integer page = scanner.accept(PAGE) ? page() : null;
    if (!scanner.atEnd()) {
      throw scanner.invalid("nothing may follow here");
    }
    return new SearchQuery(filter, sort, page);
  }

  private @Nullable Expression filter() {
    List<Expression> operands = new ArrayList<>();
    while (!scanner.atEnd() && !scanner.ahead(SORT) && !scanner.ahead(PAGE)) {
      operands.add(alternatives());
    }
    return operands.isEmpty() ? null : joined(operands, And::new);
  }

  private Expression alternatives() {
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(conjunction());
    } while (scanner.accept(OR));
    return joined(operands, Or::new);
  }

  private Expression conjunction() {
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(condition());
    } while (scanner.accept(AND));
    return joined(operands, And::new);
  }

  private static Expression joined(
      List<Expression> operands, Function<List<Expression>, Expression> join) {
    return operands.size() == 1 ? operands.getFirst() : join.apply(operands);
  }

  private Expression condition() {
    if (scanner.atEnd()) {
      throw scanner.invalid("the search ends where a condition was expected");
    }
    for (String keyword : List.of(AND, OR, SORT, PAGE)) {
      if (scanner.ahead(keyword)) {
        throw scanner.invalid("a condition was expected instead of " + keyword);
      }
    }
    int position = scanner.position();
    if (scanner.atQuote()) {
      return new FreeText(scanner.quoted(), true, scanner.atEnd(), position);
    }
    String word = scanner.fieldName();
    Operator operator = scanner.operator();
    if (operator == null) {
      return freeText(word, position);
    }
    String value = scanner.atQuote() ? scanner.quoted() : scanner.bareValue();
    if (value.endsWith("\\")) {
      throw scanner.invalid("a value must not end in a backslash");
    }
    return condition(word, operator, value, position);
  }

  private static Condition condition(String word, Operator operator, String value, int position) {
    int dot = word.indexOf('.');
    if (dot < 0) {
      return new Condition(null, word, operator, value, position);
    }
    String reference = word.substring(0, dot);
    String field = word.substring(dot + 1);
    if (reference.isEmpty() || field.isEmpty()) {
      throw InvalidSearch.at(position, "'" + word + "' is not of the form object.field");
    }
    return new Condition(reference, field, operator, value, position);
  }

  private FreeText freeText(String word, int position) {
    // Both would be read as structure that the language does not have: groups and object names.
    if (word.startsWith("(") || word.endsWith(":") || word.endsWith("\\")) {
      throw InvalidSearch.at(position, "the text '" + word + "' needs quotes");
    }
    return new FreeText(word, false, scanner.atEnd(), position);
  }

  private SearchQuery.Sort sort() {
    if (scanner.atEnd()) {
      throw scanner.invalid("sortby needs the name of a field");
    }
    int position = scanner.position();
    String field = scanner.fieldName();
    boolean descending = scanner.accept("desc");
    if (!descending) {
      scanner.accept("asc");
    }
    return new SearchQuery.Sort(field, descending, position);
  }

  private int page() {
    if (scanner.atEnd()) {
      return 1;
    }
    int position = scanner.position();
    String number = scanner.bareValue();
    int page;
    try {
      page = Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw InvalidSearch.at(position, "page needs a number, not '" + number + "'");
    }
    if (page < 1) {
      throw InvalidSearch.refusedAt(position, "pages count from 1; got " + page);
    }
    return page;
  }
}
