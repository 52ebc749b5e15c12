package io.overt.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.hooks.HookPoint.Document;
import io.overt.agent.hooks.HookPoint.Failure;
import io.overt.agent.hooks.HookPoint.Output;
import io.overt.agent.hooks.HookPoint.Since;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The table as VDSM's documentation for administrators has it. */
class HookTableTest {

  private static List<String> where(Predicate<HookPoint> condition) {
    return Arrays.stream(HookPoint.values()).filter(condition).map(HookPoint::text).toList();
  }

  @Test
  void thereAre58PointsAnd45OfThemWereIn34() {
    assertThat(HookPoint.values()).hasSize(58);
    assertThat(where(point -> point.since() == Since.V3_4)).hasSize(45);
    assertThat(where(point -> point.since() == Since.V4))
        .containsExactly(
            "after_disk_prepare",
            "before_memory_hotplug",
            "after_memory_hotplug",
            "after_network_setup_fail",
            "before_get_caps",
            "after_get_caps",
            "before_get_stats",
            "after_get_stats",
            "before_get_vm_stats",
            "after_get_vm_stats",
            "before_get_all_vm_stats",
            "after_get_all_vm_stats",
            "after_hostdev_list_by_caps");
  }

  @Test
  void whatScriptsLeaveIsUsedAtThesePoints() {
    assertThat(where(point -> point.output() == Output.USED))
        .containsExactly(
            "before_device_create",
            "after_disk_prepare",
            "before_vm_start",
            "before_update_device",
            "before_nic_hotplug",
            "before_disk_hotplug",
            "before_memory_hotplug",
            "before_network_setup",
            "after_get_caps",
            "after_get_stats",
            "after_get_vm_stats",
            "after_get_all_vm_stats",
            "after_hostdev_list_by_caps");
  }

  @Test
  void afterPointsRaiseNothingAndBeforePointsDoWithThreeExceptions() {
    assertThat(
            where(
                point -> point.failure() == Failure.RAISED && !point.text().startsWith("before_")))
        .containsExactly("after_disk_prepare");
    assertThat(
            where(point -> point.failure() == Failure.LOGGED && point.text().startsWith("before_")))
        .containsExactly("before_vdsm_start", "before_vm_destroy", "before_vm_set_ticket");
  }

  @Test
  void jsonAndEmptyDocuments() {
    assertThat(where(point -> point.document() == Document.EMPTY))
        .containsExactly(
            "before_vdsm_start",
            "after_vdsm_stop",
            "before_vm_destroy",
            "before_set_num_of_cpus",
            "after_set_num_of_cpus");
    assertThat(where(point -> point.document() == Document.JSON)).hasSize(13);
  }
}
