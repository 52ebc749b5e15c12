package io.overt.engine.catalogue;

import io.overt.model.ApiFault;
import io.overt.model.NeverSucceeds;
import io.overt.model.services.EngineKatelloErrataService;
import io.overt.model.types.KatelloErratum;
import java.util.List;

/** {@code /katelloerrata}: the engine's own errata, which only a Foreman or Satellite knows. */
public final class KatelloErrata implements EngineKatelloErrataService {
  @Override
  @NeverSucceeds
  public List<KatelloErratum> list(ListRequest request) {
    throw new ApiFault(
        ApiFault.Category.BAD_PARAMETER,
        "Operation Failed",
        "No Foreman or Satellite provider is assigned to the engine, so nobody knows its errata.");
  }
}
