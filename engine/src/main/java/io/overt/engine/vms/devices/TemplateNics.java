package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.TemplateNicService;
import io.overt.model.services.TemplateNicsService;
import io.overt.model.types.Nic;
import io.overt.model.types.Template;
import java.util.List;

/** {@code /templates/{id}/nics}: interfaces that machines get, with no address of their own. */
public final class TemplateNics implements TemplateNicsService {
  private final Platform platform;
  private final Devices<Template, Nic> nics;

  public TemplateNics(Platform platform, String templateId) {
    this.platform = platform;
    this.nics = new Devices<>(platform, Kinds.TEMPLATE, templateId, Kinds.NIC);
  }

  @Override
  public List<Nic> list(ListRequest request) {
    return nics.listLeniently(request.call());
  }

  @Override
  public Outcome<Nic> add(AddRequest request) {
    Call call = request.call();
    Nic body = platform.body(request.nic());
    Entity<Nic> added =
        platform.write(
            transaction -> {
              Entity<Template> template = nics.owner(call, transaction);
              Nic nic = NicRules.created(transaction, body, platform.newId());
              NicRules.requireFreeName(transaction, template.key(), nic);
              report(transaction, call, "NETWORK_ADD_TEMPLATE_INTERFACE", template, nic);
              return nics.insert(transaction, nic);
            });
    return Outcome.done(Devices.shown(added));
  }

  @Override
  public TemplateNicService nic(String id) {
    return new TemplateNicService() {
      @Override
      public Nic get(GetRequest request) {
        return nics.get(request.call(), id);
      }

      @Override
      public Outcome<Nic> update(UpdateRequest request) {
        Call call = request.call();
        Nic body = platform.body(request.nic());
        Entity<Nic> updated =
            platform.write(
                transaction -> {
                  Entity<Template> template = nics.owner(call, transaction);
                  Entity<Nic> current = nics.require(call, transaction, id);
                  Nic nic = NicRules.updated(transaction, current.value(), body);
                  NicRules.requireFreeName(transaction, template.key(), nic);
                  report(transaction, call, "NETWORK_UPDATE_TEMPLATE_INTERFACE", template, nic);
                  return transaction.update(current, nic);
                });
        return Outcome.done(Devices.shown(updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Template> template = nics.owner(call, transaction);
              Entity<Nic> nic = nics.require(call, transaction, id);
              transaction.delete(nic);
              report(transaction, call, "NETWORK_REMOVE_TEMPLATE_INTERFACE", template, nic.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private void report(
      Transaction transaction, Call call, String type, Entity<Template> template, Nic nic) {
    platform
        .events()
        .append(
            transaction,
            type,
            platform.about(call, template.value()).with("InterfaceName", nic.name()));
  }
}
