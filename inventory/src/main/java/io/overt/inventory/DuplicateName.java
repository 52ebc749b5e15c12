package io.overt.inventory;

/** Another entity of the kind bears that name (or that id, with scope {@code id}) already. */
public final class DuplicateName extends InventoryException {
  private static final long serialVersionUID = 1L;
  private final String kind;
  private final String scope;
  private final String name;

  public DuplicateName(String kind, String scope, String name) {
    super(
        "there is a "
            + kind
            + " with the name "
            + name
            + (scope.isEmpty() ? "" : " in " + scope)
            + " already");
    this.kind = kind;
    this.scope = scope;
    this.name = name;
  }

  public String kind() {
    return kind;
  }

  public String scope() {
    return scope;
  }

  public String name() {
    return name;
  }
}
