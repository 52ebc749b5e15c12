package io.overt.engine.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.fleet.Report;
import io.overt.model.types.Hook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostDescriptionsTest {

  @Test
  void scriptsHaveTheChecksumThatTheirHostReports() {
    Report capabilities =
        new Report(
            Map.of(
                "hooks",
                Map.of(
                    "before_vm_start",
                    Map.of(
                        "10_new",
                        Map.of("checksum", "a8076d"),
                        "50_old",
                        Map.of("md5", "d41d8c")))),
            Instant.EPOCH);
    List<Hook> hooks = HostDescriptions.hooks("h", capabilities);
    assertThat(hooks).extracting(Hook::name).containsExactly("10_new", "50_old");
    assertThat(hooks).extracting(Hook::eventName).containsOnly("before_vm_start");
    assertThat(hooks).extracting(Hook::md5).containsExactly("a8076d", "d41d8c");
  }
}
