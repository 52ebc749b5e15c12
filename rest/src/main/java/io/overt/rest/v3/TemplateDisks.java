package io.overt.rest.v3;

import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Service;
import io.overt.model.ServiceType;
import io.overt.rest.api.Inner;
import org.jspecify.annotations.Nullable;

/** {@code /templates/{template}/disks}. */
record TemplateDisks(ServiceType type, Inner inner, String template) implements Service {
  @Override
  public Object invoke(String operation, Call call) {
    if (!operation.equals("list")) {
      throw new NotImplemented(type.name() + "." + operation);
    }
    return AttachedDisks.of(inner, "/templates/" + template);
  }

  @Override
  public @Nullable Service locate(String segment) {
    return null;
  }
}
