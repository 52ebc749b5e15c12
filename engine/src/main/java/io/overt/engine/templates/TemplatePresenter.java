package io.overt.engine.templates;

import io.overt.engine.resource.Presenter;
import io.overt.engine.vms.VmPresenter;
import io.overt.inventory.Entity;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.Template;

/** A template as a client sees it: like a machine, without what only answers of adding show. */
final class TemplatePresenter implements Presenter<Template> {
  @Override
  public Template present(Entity<Template> entity, Snapshot snapshot, Call call) {
    Template template = presentAll(entity, snapshot);
    if (!Boolean.TRUE.equals(call.input("all_content", Boolean.class))) {
      VmPresenter.hideExtras(template);
    }
    return template;
  }

  Template presentAll(Entity<Template> entity, Snapshot snapshot) {
    Template template = (Template) entity.value().shallowCopy();
    template.tags(null);
    VmPresenter.display(template, snapshot, entity.key());
    return template;
  }
}
