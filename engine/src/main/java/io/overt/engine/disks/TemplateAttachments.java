package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.services.TemplateDiskAttachmentService;
import io.overt.model.services.TemplateDiskAttachmentsService;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Template;
import java.util.List;

/** {@code /templates/{id}/diskattachments}. */
public final class TemplateAttachments implements TemplateDiskAttachmentsService {
  private final Platform platform;
  private final Resource<Template> templates;
  private final String templateId;

  public TemplateAttachments(Platform platform, String templateId) {
    this.platform = platform;
    this.templates = new Resource<>(platform, Kinds.TEMPLATE);
    this.templateId = templateId;
  }

  @Override
  public List<DiskAttachment> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    templates.require(request.call(), snapshot, templateId);
    return DomainUsers.attachments(snapshot, Kinds.TEMPLATE.key(templateId)).stream()
        .map(Entity::value)
        .toList();
  }

  @Override
  public TemplateDiskAttachmentService attachment(String id) {
    return new TemplateDiskAttachmentService() {
      @Override
      public DiskAttachment get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        templates.require(request.call(), snapshot, templateId);
        return snapshot
            .find(Kinds.DISK_ATTACHMENT, Kinds.TEMPLATE.key(templateId), id)
            .map(Entity::value)
            .orElseThrow(ApiFault::notFound);
      }
    };
  }
}
