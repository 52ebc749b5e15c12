package io.overt.engine.door;

import io.overt.access.rules.Guard;
import io.overt.engine.resource.Platform;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Requirement;

/** Before every operation: may the caller, and is what the model declares mandatory there. */
public final class CallGuard implements io.overt.rest.api.Guard {
  private final Platform platform;
  private final Guard guard;

  public CallGuard(Platform platform, Guard guard) {
    this.platform = platform;
    this.guard = guard;
  }

  @Override
  public void check(Call call) {
    guard.check(call, platform.caller(call), platform.snapshot());
    for (Requirement requirement : call.operation().requirements()) {
      requirement
          .unmetBy(call)
          .ifPresent(
              problem -> {
                throw new ApiFault(
                    ApiFault.Category.BAD_PARAMETER, "Input validation failed.", problem);
              });
    }
  }
}
