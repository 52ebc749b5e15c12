package io.overt.inventory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.inventory.search.Expression.And;
import io.overt.inventory.search.Expression.Condition;
import io.overt.inventory.search.Expression.FreeText;
import io.overt.inventory.search.Expression.Or;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1                     | a=1",
        "a=1 b=2                 | (a=1 & b=2)",
        "a=1 and b=2             | (a=1 & b=2)",
        "a=1 or b=2              | (a=1 / b=2)",
        "a=1 or b=2 c=3          | ((a=1 / b=2) & c=3)",
        "a=1 b=2 or c=3          | (a=1 & (b=2 / c=3))",
        "a=1 or b=2 and c=3      | (a=1 / (b=2 & c=3))",
        "a=1 and b=2 or c=3      | ((a=1 & b=2) / c=3)",
        "a=1 AND b=2 Or c=3 d=4  | (((a=1 & b=2) / c=3) & d=4)",
        "a=1 or b=2 or c=3       | (a=1 / b=2 / c=3)",
        "a = 1                   | a=1",
        "a   !=   1              | a!=1",
        "a<1 b>2 c<=3 d>=4       | (a<1 & b>2 & c<=3 & d>=4)",
        "host.name=h1            | host.name=h1",
        "name=\"my vm\"          | name=my vm",
        "name = \"a or b\" x     | (name=a or b & ~x~)",
        "name=and                | name=and",
        "name=page               | name=page",
        "alpha                   | ~alpha~",
        "\"alpha one\"           | ~alpha one~",
        "name                    | ~name~",
        "fe80::1                 | ~fe80::1~",
        "android                 | ~android~",
        "name=a=b                | name=a=b",
        "\"sortby\"              | ~sortby~",
        "low_space_threshold (%) > 5 a=1 | (low_space_threshold (%)>5 & a=1)",
        "critical_space_threshold (gb)=5 | critical_space_threshold (gb)=5",
      })
  void conditionsBindAsTheLanguageSays(String text, String tree) {
    assertThat(show(SearchQuery.parse(text).filter())).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a=1 sortby name              | name                    | false | -",
        "a=1 sortby name asc          | name                    | false | -",
        "a=1 SortBy name DESC page 2  | name                    | true  | 2",
        "sortby name page 3           | name                    | false | 3",
        "page 2                       | -                       | false | 2",
        "a=1 page                     | -                       | false | 1",
        "sortby low_space_threshold (%) desc | low_space_threshold (%) | true | -",
        "''                           | -                       | false | -",
      })
  void orderAndPageFollowTheConditions(
      String text, @Nullable String field, boolean descending, @Nullable Integer page) {
    SearchQuery query = SearchQuery.parse(text);
    SearchQuery.Sort sort = query.sort();
    assertThat(sort == null ? null : sort.field()).isEqualTo(field);
    assertThat(sort != null && sort.descending()).isEqualTo(descending);
    assertThat(query.page()).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=",
        "=",
        "name==a",
        "name='a'",
        "name=a; drop table x",
        "name=\"a",
        "name=\"a\"b",
        "name=a\"b",
        "na\"me=a",
        "name=a and",
        "name=a or",
        "and name=a",
        "or",
        "name=a and or name=b",
        "name=a sortby",
        "name=a sortby name up",
        "name=a page x",
        "name=a page 1 2",
        "page 1 name=a",
        "page 99999999999",
        "name=a and (foo)",
        "Vms: name=a",
        "name=a\\",
        "name=\"a\\\"",
        ".name=a",
        "host.=a",
        "foo\\",
      })
  void textThatFollowsNoRuleIsInvalidButNotRefused(String text) {
    InvalidSearch invalid = invalid(text);
    assertThat(invalid.refused()).isFalse();
    assertThat(invalid.position()).isBetween(0, text.length());
    assertThat(invalid.reason()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=a page 0", "page -1"})
  void pagesCountFromOne(String text) {
    assertThat(invalid(text).refused()).isTrue();
  }

  @Test
  void theErrorPointsAtTheOffendingCharacter() {
    assertThat(invalid("name=a and b=\"x").position()).isEqualTo(13);
    assertThat(invalid("name=a and b='x'").position()).isEqualTo(13);
  }

  @Test
  void noTextMakesTheParserFailInAnotherWay() {
    List<String> pieces =
        List.of(
            "name",
            "host.",
            ".",
            "=",
            "!=",
            "<",
            ">=",
            "!",
            "\"",
            "'",
            ";",
            " ",
            " ",
            "(",
            ")",
            "and",
            "or",
            "sortby",
            "page",
            "asc",
            "desc",
            "1",
            "0",
            "*",
            "\\",
            ":",
            "_threshold",
            "%",
            "é",
            "\t",
            "\uD83D");
    Random random = new Random(20260714);
    for (int round = 0; round < 50_000; round++) {
      String text =
          random
              .ints(random.nextInt(12), 0, pieces.size())
              .mapToObj(pieces::get)
              .collect(Collectors.joining());
      try {
        SearchQuery.parse(text);
      } catch (InvalidSearch e) {
        assertThat(e.position()).as(text).isBetween(0, text.length());
      }
    }
  }

  @Test
  void longTextNeitherOverflowsNorStalls() {
    String text = "a=1 or ".repeat(50_000) + "a=1";
    assertThat(SearchQuery.parse(text).filter())
        .isInstanceOfSatisfying(Or.class, or -> assertThat(or.operands()).hasSize(50_001));
  }

  private static InvalidSearch invalid(String text) {
    InvalidSearch invalid =
        catchThrowableOfType(InvalidSearch.class, () -> SearchQuery.parse(text));
    assertThat(invalid).as(text).isNotNull();
    return invalid;
  }

  private static String show(@Nullable Expression expression) {
    return switch (expression) {
      case null -> "";
      case And and -> show(and.operands(), " & ");
      case Or or -> show(or.operands(), " / ");
      case FreeText text -> "~" + text.text() + "~";
      case Condition condition ->
          (condition.reference() == null ? "" : condition.reference() + ".")
              + condition.field()
              + condition.operator().symbol()
              + condition.value();
    };
  }

  private static String show(List<Expression> operands, String joint) {
    return operands.stream()
        .map(SearchQueryTest::show)
        .collect(Collectors.joining(joint, "(", ")"));
  }
}
