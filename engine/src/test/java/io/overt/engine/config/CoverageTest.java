package io.overt.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.ApiFault;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.services.SystemService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Action;
import io.overt.model.types.Vm;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final class Vms implements VmsService {
    @Override
    public List<Vm> list(ListRequest request) {
      return List.of();
    }

    @Override
    public VmService vm(String id) {
      return new VmService() {
        @Override
        public Outcome<Action> start(StartRequest request) {
          return Outcome.done(new Action());
        }

        @Override
        @NeverSucceeds
        public Outcome<Action> stop(StopRequest request) {
          throw ApiFault.conflict("nothing runs");
        }
      };
    }
  }

  @Test
  void anEmptyRootImplementsNothing() {
    Coverage coverage = Coverage.of(new SystemService() {});
    assertThat(coverage.implemented()).isZero();
    assertThat(coverage.total()).isEqualTo(648);
  }

  @Test
  void overriddenOperationsCountWhereverTheyAreReachedUnlessTheyNeverSucceed() {
    Coverage coverage =
        Coverage.of(
            new SystemService() {
              @Override
              public VmsService vms() {
                return new Vms();
              }
            });
    assertThat(coverage.implemented()).isEqualTo(2);
    assertThat(coverage.lines())
        .filteredOn(line -> !line.implemented().isEmpty())
        .extracting(line -> line.service() + line.implemented())
        .containsExactly("vm[start]", "vms[list]");
  }
}
