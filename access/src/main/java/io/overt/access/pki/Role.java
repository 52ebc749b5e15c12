package io.overt.access.pki;

/** What the holder of a certificate is, written as OU of its subject. */
public enum Role {
  /** An engine node: may command hosts. */
  ENGINE("engine"),
  /** A hypervisor host: may talk to the engine and, for migrations, to other hosts. */
  HOST("host");

  private final String organizationalUnit;

  Role(String organizationalUnit) {
    this.organizationalUnit = organizationalUnit;
  }

  /** The OU value in the subject. */
  public String organizationalUnit() {
    return organizationalUnit;
  }
}
