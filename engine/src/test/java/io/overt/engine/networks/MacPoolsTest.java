package io.overt.engine.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.model.ApiFault;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.MacPoolService;
import io.overt.model.services.MacPoolsService;
import io.overt.model.types.MacPool;
import io.overt.model.types.Range;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MacPoolsTest {
  private final TestEngine engine = TestEngine.open();
  private final MacPools pools =
      new MacPools(engine.platform(), key -> new AssignedPermissionsService() {});

  @AfterEach
  void close() {
    engine.close();
  }

  private MacPool add(String name, String from, String to) {
    MacPool pool = new MacPool().name(name).ranges(List.of(new Range().from(from).to(to)));
    return Objects.requireNonNull(
        pools.add(new MacPoolsService.AddRequest(engine.call().with("pool", pool))).entity());
  }

  private static void refused(ThrowingCallable call, ApiFault.Category category) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }

  @Test
  void rangesMustBeUnicastAscendingAndTheirOwn() {
    add("one", "02:16:3e:00:00:00", "02:16:3e:00:00:0f");

    refused(() -> add("two", "02:16:3e:00:00:08", "02:16:3e:00:00:ff"), ApiFault.Category.CONFLICT);
    refused(() -> add("two", "02:16:3e:00:00:ff", "02:16:3e:00:00:00"), ApiFault.Category.CONFLICT);
    refused(
        () -> add("two", "02:16:3f:00:00:ff", "02:16:3f:00:00:00"),
        ApiFault.Category.BAD_PARAMETER);
    refused(
        () -> add("two", "01:16:3e:00:00:00", "01:16:3e:00:00:ff"),
        ApiFault.Category.BAD_PARAMETER);
    refused(() -> add("two", "zz", "02:16:3e:00:00:00"), ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void defaultPoolIsFixed() {
    refused(
        () ->
            pools.macPool(MacPools.DEFAULT).remove(new MacPoolService.RemoveRequest(engine.call())),
        ApiFault.Category.BAD_PARAMETER);
    MacPool pool = add("one", "02:16:3e:00:00:00", "02:16:3e:00:00:0f");
    refused(
        () ->
            pools
                .macPool(pool.requireId())
                .update(
                    new MacPoolService.UpdateRequest(
                        engine.call().with("pool", new MacPool().defaultPool(true)))),
        ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void addressesAreWrittenAsPairs() {
    assertThat(MacRanges.address(0x566f0102000aL)).isEqualTo("56:6f:01:02:00:0a");
  }
}
