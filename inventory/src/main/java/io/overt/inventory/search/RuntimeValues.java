package io.overt.inventory.search;

import io.overt.inventory.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Values that hosts report and that no snapshot holds. Every method is asked once an object and
 * condition, from the thread of the request: it must answer from memory.
 */
public interface RuntimeValues {
  /** Nothing is known. */
  RuntimeValues NONE = new RuntimeValues() {};

  /**
   * A number under the search language's name of the field.
   *
   * <p>VMs: {@code cpu_usage}, {@code mem_usage}, {@code network_usage}, {@code
   * migration_progress_percent} (all percent), {@code uptime} (seconds). Hosts: the same usages,
   * {@code load}, {@code active_vms}, {@code migrating_vms}, {@code committed_mem} (MiB), {@code
   * ha_score}, {@code spm_id}. Storage domains: {@code free_size}, {@code used_size}, {@code
   * committed} (GiB). Pools: {@code assigned_vm_count}, {@code running_vm_count}.
   *
   * @return null when unknown; then a value of the stored object counts, if there is one
   */
  default @Nullable Number number(Kind<?> kind, String id, String field) {
    return null;
  }

  /**
   * A text under the search language's name of the field; for VMs {@code ip}, {@code fqdn}, {@code
   * apps}, {@code loggedinuser}, {@code address}. Several values are separated by blanks.
   *
   * @return null when unknown; then a value of the stored object counts, if there is one
   */
  default @Nullable String text(Kind<?> kind, String id, String field) {
    return null;
  }
}
