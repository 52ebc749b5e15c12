package io.overt.rest.v3;

import io.overt.codec.ApiVersion;
import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.Service;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.api.Customs;
import io.overt.rest.api.Dialect;
import io.overt.rest.api.Inner;
import io.overt.rest.document.Element;
import io.overt.rest.document.View;
import io.overt.rest.route.ServiceTree;
import io.overt.rest.route.Step;
import io.overt.rest.route.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The third version of the API as oVirt engine 4.2 spoke it beside the fourth. */
public final class Version3 implements Customs {
  /** Disks below machines and templates, whose parts are those of the disk itself. */
  private static final Set<String> DISKS = Set.of("vm_disk", "template_disk");

  private final View view;

  private Version3(View view) {
    this.view = view;
  }

  /** Version 3, to be served. */
  public static Dialect dialect() {
    View view = View.of(ServiceTree.read("version-3.services"), "relation-order-3.txt");
    return new Dialect(3, ApiVersion.V3, view, new Version3(view));
  }

  @Override
  public @Nullable String redirect(Target target) {
    List<Step> steps = target.steps();
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      if (step.id() && DISKS.contains(step.target().name())) {
        OperationType action = target.action();
        boolean whole = index == steps.size() - 1;
        if (step.target().name().equals("vm_disk") && whole && !isOfDisk(action)) {
          return null;
        }
        StringBuilder path = new StringBuilder("/disks/").append(step.segment());
        steps.subList(index + 1, steps.size()).forEach(s -> path.append('/').append(s.model()));
        return action == null ? path.toString() : path.append('/').append(action.name()).toString();
      }
    }
    return null;
  }

  private static boolean isOfDisk(@Nullable OperationType action) {
    return action != null
        && !action.name().equals("activate")
        && !action.name().equals("deactivate");
  }

  @Override
  public @Nullable Service service(Target target, Inner inner) {
    List<Step> steps = target.steps();
    return switch (target.service().name()) {
      case "vm_disks" -> new VmDisks(target.service(), inner, steps.get(1).segment());
      case "vm_disk" ->
          new VmDisk(target.service(), inner, steps.get(1).segment(), steps.getLast().segment());
      case "template_disks" -> new TemplateDisks(target.service(), inner, steps.get(1).segment());
      default -> null;
    };
  }

  @Override
  public @Nullable Element page(Target target, Inner inner) {
    return switch (target.service().name()) {
      case "capabilities" -> new Capabilities(inner).all();
      case "capability" -> new Capabilities(inner).one(target.steps().getLast().segment());
      default -> null;
    };
  }

  @Override
  public Element description() {
    return Rsdl.of(view.routes());
  }

  @Override
  public StructType removalBody(OperationType operation) {
    return Schema.current()
        .struct(operation.key().equals("storage_domain.remove") ? "storage_domain" : "action");
  }

  @Override
  public Map<String, String> prepare(Incoming incoming) {
    return Requests.prepare(incoming);
  }

  /** A host always shows what it measures. */
  @Override
  public List<String> inline(OperationType operation) {
    return operation.key().equals("host.get") ? List.of("statistics") : List.of();
  }

  @Override
  public BiFunction<Struct, String, @Nullable Object> asking(Inner inner, List<String> details) {
    return new Elsewhere(inner, details);
  }
}
