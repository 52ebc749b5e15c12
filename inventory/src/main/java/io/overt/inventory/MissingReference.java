package io.overt.inventory;

/** A member (or the owner, with member {@code owner}) refers to an entity that does not exist. */
public final class MissingReference extends InventoryException {
  private static final long serialVersionUID = 1L;
  private final Key source;
  private final String member;
  private final Key target;

  public MissingReference(Key source, String member, Key target) {
    super(source + " refers by its " + member + " to " + target + ", which does not exist");
    this.source = source;
    this.member = member;
    this.target = target;
  }

  public Key source() {
    return source;
  }

  /** Model names, joined by dots where the member is nested: {@code lease.storage_domain}. */
  public String member() {
    return member;
  }

  public Key target() {
    return target;
  }

  public String id() {
    return target.id();
  }
}
