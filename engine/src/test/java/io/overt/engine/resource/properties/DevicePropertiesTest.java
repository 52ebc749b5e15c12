package io.overt.engine.resource.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.types.CustomProperty;
import io.overt.model.types.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicePropertiesTest {

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> DeviceProperties.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static CustomProperty property(String name, String value) {
    return new CustomProperty().name(name).value(value);
  }

  @Test
  void eachTypeHasItsOwn() {
    DeviceProperties devices =
        DeviceProperties.of(
            "{type=interface;prop={extnet=^[a-z]{1,8}$;queues=^[0-9]+$}};{type=disk;prop={keep}}");
    List<CustomProperty> given = List.of(property("extnet", "outside"), property("keep", "x"));
    assertThat(devices.type("interface").declared(given)).isEqualTo(Map.of("extnet", "outside"));
    assertThat(devices.type("disk").declared(given)).isEqualTo(Map.of("keep", "x"));
    assertThat(devices.type("video").declared(given)).isEmpty();
    assertThatThrownBy(
            () ->
                devices
                    .type("interface")
                    .check(List.of(property("extnet", "Too Long A Name")), "profile"))
        .hasMessageContaining("must match ^[a-z]{1,8}$");
  }

  @Test
  void theStandardKnowsSecurityGroups() {
    PropertySet nics = DeviceProperties.of(DeviceProperties.STANDARD).type("interface");
    nics.check(
        List.of(property("SecurityGroups", "0eba4d0d-1b8c-4b2b-8bb0-0a0c9f2ea8b8")), "profile");
    assertThatThrownBy(() -> nics.check(List.of(property("SecurityGroups", "x")), "profile"))
        .hasMessageContaining("'SecurityGroups' is 'x'");
  }

  @Test
  void badDeclarationsAreRefused() {
    refuses("interface", "{type=TYPE;prop=");
    refuses("{type=toaster;prop={a}}", "'toaster'");
    refuses("{type=disk;prop={a}", "}} is missing");
    refuses("{type=disk;prop={a}};{type=disk;prop={b}}", "each type once");
    refuses("{type=disk;prop={LD_PRELOAD}}", "LD_PRELOAD");
    refuses("{type=disk;prop={a}}{type=rng;prop={a}}", "with ; between");
  }

  @Test
  void aVersionMayHaveItsOwn() {
    ByVersion<String> values = new ByVersion<>("all", Map.of("4.7", "seven"));
    assertThat(values.at(new Version().major(4L).minor(7L))).isEqualTo("seven");
    assertThat(values.at(new Version().major(4L).minor(8L))).isEqualTo("all");
    assertThat(values.at(null)).isEqualTo("all");
  }
}
