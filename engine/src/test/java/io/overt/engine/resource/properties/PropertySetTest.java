package io.overt.engine.resource.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.ApiFault;
import io.overt.model.types.CustomProperty;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertySetTest {
  private final PropertySet properties =
      PropertySet.machines("smbios=^.*$;pincpu=^[0-9,^-]+$;note;sndbuf=^9$");

  private static CustomProperty property(String name, String value) {
    return new CustomProperty().name(name).value(value);
  }

  private void refuses(String message, CustomProperty... given) {
    assertThatThrownBy(() -> properties.check(List.of(given), "vm.custom_properties"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining(message);
  }

  @Test
  void declaredValuesAreAccepted() {
    assertThatCode(
            () ->
                properties.check(
                    List.of(
                        property("smbios", "{'vendor':'X'}"),
                        property("pincpu", "0-1,^2"),
                        property("note", "a=b c"),
                        property("hugepages", "1024"),
                        property("sap_agent", "true")),
                    "vm.custom_properties"))
        .doesNotThrowAnyException();
    properties.check(null, "vm.custom_properties");
  }

  @Test
  void whatIsWrongIsNamed() {
    refuses("'colour' is not declared", property("colour", "blue"));
    refuses("'pincpu' is 'x' but must match ^[0-9,^-]+$", property("pincpu", "x"));
    refuses("'sap_agent' is 'truefalse' but must match", property("sap_agent", "truefalse"));
    refuses("'note' is there twice", property("note", "a"), property("note", "b"));
    refuses("without ;", property("note", "a;b"));
    refuses("without ;", property("note", "a\u0001b"));
    refuses("'pincpu'", property("colour", "blue"), property("pincpu", ""));
  }

  @Test
  void aUserDefinedPatternWinsOverAPredefinedOne() {
    refuses("'sndbuf' is '8' but must match ^9$", property("sndbuf", "8"));
  }

  @Test
  void hostsAreToldOnlyWhatIsDeclared() {
    assertThat(properties.declared(List.of(property("note", "a"), property("gone", "b"))))
        .isEqualTo(Map.of("note", "a"));
  }

  @Test
  void badDeclarationsAreRefused() {
    assertThatThrownBy(() -> PropertySet.machines("a b=x")).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> PropertySet.machines("a=(")).hasMessageContaining("'a'");
    assertThatThrownBy(() -> PropertySet.machines("a;a")).hasMessageContaining("once");
    for (String name : List.of("PATH", "LD_PRELOAD", "PYTHONPATH", "BASH_ENV", "vmId", "_hook_x")) {
      assertThatThrownBy(() -> PropertySet.machines(name + "=.*")).hasMessageContaining(name);
    }
    assertThat(PropertySet.machines("").userDefined()).isEmpty();
  }
}
