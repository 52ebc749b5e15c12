package io.overt.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class TypedParametersTest {
  @Test
  void survivesNativeMemory() {
    TypedParameters written =
        TypedParameters.builder()
            .text("migrate_disks", "vda")
            .text("migrate_disks", "vdb")
            .integer("parallel.connections", -2)
            .unsignedInteger("u", -1)
            .longInteger("vcpu_quota", -1L)
            .unsignedLong("bandwidth", 1L << 40)
            .flag("success", true)
            .build();
    try (Arena arena = Arena.ofConfined()) {
      TypedParameters read = TypedParameters.read(written.write(arena), written.size());
      assertThat(read).containsExactlyElementsOf(written);
      assertThat(read.text("migrate_disks")).contains("vda");
      assertThat(read.number("parallel.connections")).hasValue(-2);
      assertThat(read.number("u")).hasValue(4294967295L);
      assertThat(read.number("bandwidth", 0)).isEqualTo(1L << 40);
      assertThat(read.number("success")).hasValue(1);
      assertThat(read.number("absent")).isEmpty();
    }
  }

  @Test
  void refusesNamesThatDoNotFit() {
    assertThatThrownBy(() -> TypedParameters.builder().text("x".repeat(80), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("less than 80 bytes");
  }
}
