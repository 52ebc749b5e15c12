package io.overt.rest.rows;

import io.overt.model.Struct;
import io.overt.rest.api.Inner;
import io.overt.rest.document.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What objects refer to, by requests of the same caller; asked for once per answer, since thousands
 * of VMs refer to a handful of clusters. What the caller may not see is not there.
 */
final class Links {
  private final Inner inner;
  private final Map<String, Optional<Struct>> objects = new HashMap<>();

  Links(Inner inner) {
    this.inner = inner;
  }

  /** Where an object is that the owner refers to, or null when it has no address. */
  @Nullable String address(Struct reference, Struct owner) {
    String href = reference.href();
    return href == null ? View.model().addresses().of(reference, owner) : href;
  }

  @Nullable Struct find(String address) {
    return objects
        .computeIfAbsent(address, path -> Optional.ofNullable(inner.find(path)))
        .orElse(null);
  }

  List<? extends Struct> list(String path) {
    return inner.list(path);
  }
}
