package io.overt.agent.vms;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookRun;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.vms.CustomProperties.CustomDevice;
import io.overt.agent.xml.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What a point's scripts would make of a machine. They run, on a copy of its domain, with {@code
 * OVERT_HOOK_PREVIEW=true} in their environment; nothing is started or changed, but for what the
 * scripts do themselves.
 */
public final class HookPreview {
  private static final Map<String, String> TOLD = Map.of("OVERT_HOOK_PREVIEW", "true");
  private static final int LINES_AROUND = 3;

  private final Hooks hooks;
  private final LaunchXml launchXml;

  public HookPreview(Hooks hooks, DomainPolicy policy, DiskPaths disks) {
    this.hooks = hooks;
    this.launchXml = new LaunchXml(policy, disks);
  }

  /**
   * @param before the domain as the scripts found it, indented, without secrets
   * @param after the same as they left it
   * @param diff from one to the other, unified; empty when nothing changed
   * @param runs the scripts that ran, in order
   * @param failure what the point would make of it: empty when the operation would go on
   */
  public record Result(
      String before, String after, String diff, List<HookRun> runs, Optional<String> failure) {}

  /**
   * The domain that a launch would start.
   *
   * @param xml as the engine sends it
   */
  public Result ofLaunch(HookPoint point, UUID vm, String xml) {
    String prepared =
        launchXml.prepare(xml, System.currentTimeMillis() / 1000, (disk, image) -> {});
    if (point != HookPoint.BEFORE_VM_START && point != HookPoint.BEFORE_DEVICE_CREATE) {
      return of(point, vm, prepared);
    }
    LaunchFlags.write(vm, false);
    try {
      return of(point, vm, prepared);
    } finally {
      LaunchFlags.remove(vm);
    }
  }

  /**
   * @param xml of the domain, running or not
   * @throws IllegalArgumentException for a point whose scripts see no XML
   */
  public Result of(HookPoint point, UUID vm, String xml) {
    Document document = Xml.parse(xml);
    Element domain = document.getDocumentElement();
    HookContext context = HookContext.vm(vm, CustomProperties.of(domain));
    String before = Xml.pretty(document);
    List<HookRun> runs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    String after =
        switch (point.document()) {
          case DOMAIN -> {
            Hooks.Result result = hooks.preview(point, context.with(TOLD), xml);
            note(result, runs, failures);
            yield result.runs().isEmpty() ? before : pretty(result.document(), failures);
          }
          case DEVICE -> {
            for (CustomDevice device : CustomProperties.devices(domain)) {
              replace(device, point, context, runs, failures);
            }
            yield Xml.pretty(document);
          }
          case EMPTY -> {
            note(hooks.preview(point, context.with(TOLD), ""), runs, failures);
            yield before;
          }
          case JSON ->
              throw new IllegalArgumentException(
                  point.text() + " scripts see no XML; a preview is of those that do");
        };
    return new Result(before, after, diff(before, after), runs, outcome(point, failures));
  }

  private static void note(Hooks.Result result, List<HookRun> runs, List<String> failures) {
    runs.addAll(result.runs());
    result.failure().map(HookException::getMessage).ifPresent(failures::add);
  }

  private void replace(
      CustomDevice device,
      HookPoint point,
      HookContext context,
      List<HookRun> runs,
      List<String> failures) {
    Map<String, String> particulars = new LinkedHashMap<>(device.properties());
    particulars.putAll(TOLD);
    Hooks.Result result =
        hooks.preview(point, context.with(particulars), Xml.write(device.element()));
    note(result, runs, failures);
    if (!result.runs().isEmpty()) {
      try {
        Element edited = Xml.parse(result.document()).getDocumentElement();
        Element old = device.element();
        old.getParentNode().replaceChild(old.getOwnerDocument().importNode(edited, true), old);
      } catch (IllegalArgumentException e) {
        failures.add(unusable(e));
      }
    }
  }

  private static String pretty(String xml, List<String> failures) {
    try {
      return Xml.pretty(Xml.parse(xml));
    } catch (IllegalArgumentException e) {
      failures.add(unusable(e));
      return xml;
    }
  }

  private static String unusable(IllegalArgumentException problem) {
    return "Hook Error: the scripts left what cannot be used: " + problem.getMessage();
  }

  private static Optional<String> outcome(HookPoint point, List<String> failures) {
    return point.failure() == HookPoint.Failure.RAISED && !failures.isEmpty()
        ? Optional.of(String.join("; ", failures))
        : Optional.empty();
  }

  private static String diff(String before, String after) {
    List<String> old = before.lines().toList();
    return String.join(
        "\n",
        UnifiedDiffUtils.generateUnifiedDiff(
            "before", "after", old, DiffUtils.diff(old, after.lines().toList()), LINES_AROUND));
  }
}
