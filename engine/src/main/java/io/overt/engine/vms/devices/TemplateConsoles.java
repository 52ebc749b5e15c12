package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.TemplateGraphicsConsoleService;
import io.overt.model.services.TemplateGraphicsConsolesService;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.Template;
import java.util.List;

/** {@code /templates/{id}/graphicsconsoles}. */
public final class TemplateConsoles implements TemplateGraphicsConsolesService {
  private final Platform platform;
  private final Devices<Template, GraphicsConsole> consoles;

  public TemplateConsoles(Platform platform, String templateId) {
    this.platform = platform;
    this.consoles = new Devices<>(platform, Kinds.TEMPLATE, templateId, Kinds.GRAPHICS_CONSOLE);
  }

  @Override
  public List<GraphicsConsole> list(ListRequest request) {
    return consoles.list(request.call());
  }

  @Override
  public Outcome<GraphicsConsole> add(AddRequest request) {
    return Consoles.add(consoles, request.call(), platform.body(request.console()));
  }

  @Override
  public TemplateGraphicsConsoleService console(String id) {
    return new TemplateGraphicsConsoleService() {
      @Override
      public GraphicsConsole get(GetRequest request) {
        return consoles.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return consoles.remove(request.call(), id);
      }
    };
  }
}
