package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.Vm;

/** oVirt's search language through the SDK. */
@ExtendWith(SharedEngine.class)
class SdkSearchTest {
  private final EngineAccess access;

  SdkSearchTest(EngineFixture engine) {
    this.access = engine.access();
  }

  @Test
  void machinesAreFoundSortedAndPaged() throws Exception {
    try (Connection connection = access.connect()) {
      VmsService vms = connection.systemService().vmsService();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(
            vms.add()
                .vm(
                    vm().name("paged-" + i)
                        .cluster(cluster().name("Default"))
                        .template(template().name("Blank")))
                .send()
                .vm()
                .id());
      }
      assertThat(names(vms, "name=paged-* sortby name asc"))
          .containsExactly("paged-0", "paged-1", "paged-2", "paged-3", "paged-4");
      assertThat(names(vms, "name=paged-* sortby name desc page 1").getFirst())
          .isEqualTo("paged-4");
      assertThat(
              vms.list().search("name=paged-* sortby name asc page 2").max(2).send().vms().stream()
                  .map(Vm::name))
          .containsExactly("paged-2", "paged-3");
      assertThat(names(vms, "name=paged-1 or name=paged-3")).hasSize(2);
      assertThat(names(vms, "name=paged-* and status=up")).isEmpty();
      for (String id : ids) {
        vms.vmService(id).remove().send();
      }
      assertThat(names(vms, "name=paged-*")).isEmpty();
    }
  }

  private static List<String> names(VmsService vms, String search) {
    return vms.list().search(search).send().vms().stream().map(Vm::name).toList();
  }
}
