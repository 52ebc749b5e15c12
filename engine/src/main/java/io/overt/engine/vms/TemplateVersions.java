package io.overt.engine.vms;

import io.overt.inventory.Entity;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateVersion;
import java.util.Objects;

/** Templates as versions of a base template, which is its own first version. */
public final class TemplateVersions {
  private TemplateVersions() {}

  /** Id of the template that this is a version of. */
  public static String baseOf(Entity<Template> template) {
    TemplateVersion version = template.value().version();
    Template base = version == null ? null : version.baseTemplate();
    return base == null ? template.id() : base.requireId();
  }

  public static long numberOf(Entity<Template> template) {
    TemplateVersion version = template.value().version();
    return version == null ? 1 : Objects.requireNonNullElse(version.versionNumber(), 1L);
  }
}
