package io.overt.agent.hooks;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What scripts are told in their environment.
 *
 * @param properties the machine's custom properties
 * @param particulars the custom properties of one device, or a request's parameters; the machine's
 *     property of the same name wins
 */
public record HookContext(
    Optional<UUID> vm, Map<String, String> properties, Map<String, String> particulars) {

  /** No virtual machine is concerned. */
  public static HookContext host() {
    return new HookContext(Optional.empty(), Map.of(), Map.of());
  }

  public static HookContext vm(UUID vm, Map<String, String> properties) {
    return new HookContext(Optional.of(vm), properties, Map.of());
  }

  public HookContext with(Map<String, String> particulars) {
    return new HookContext(vm, properties, particulars);
  }
}
