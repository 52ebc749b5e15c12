package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesValidationTest {
  @Test
  void declarationsAreNamesAndRegularExpressions() {
    assertThat(PropertiesValidation.parse("").byName()).isEmpty();
    assertThat(PropertiesValidation.parse("a=[0-9]*").byName()).isEqualTo(Map.of("a", "[0-9]*"));
    PropertiesValidation several = PropertiesValidation.parse("z=(a|b)=c;a_1=.+;free;");
    assertThat(several.byName()).isEqualTo(Map.of("z", "(a|b)=c", "a_1", ".+", "free", ".*"));
    assertThat(several.byName().keySet()).containsExactlyElementsOf(List.of("z", "a_1", "free"));
    assertThat(several.problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {cpu = [0-9]} | properties_validation has the name '{cpu '
          a=1;;b=2      | properties_validation has the name ''
          a=[0-9        | properties_validation has no regular expression for a
          """)
  void whatCannotBeReadIsToldOf(String text, String problem) {
    PropertiesValidation read = PropertiesValidation.parse(text);
    assertThat(read.byName()).isEmpty();
    assertThat(read.problem().orElseThrow()).startsWith(problem);
  }
}
